/** `mdraft`: a table of commands. Each is a file that is loaded when it is asked for. */

import { version } from '../platform/version.ts'
import type { Command as Grammar } from './command.ts'
import { Command } from './command.ts'
import { complain } from './say.ts'

/** A command's file adds its arguments, options and action. */
type CommandFile = { readonly configure: (command: Grammar) => void }
type Row = { readonly summary: string; readonly load: () => Promise<CommandFile> }

const commands: Readonly<Record<string, Row>> = {
  convert: {
    summary: 'turn documents into Markdown, JSON, HTML, text, chunks or Word',
    load: () => import('./commands/convert.ts'),
  },
  analyze: {
    summary: 'find requirements, criteria, outline and checklist of a request for proposal',
    load: () => import('./commands/analyze.ts'),
  },
  mcp: {
    summary: 'lend documents to a language model: an MCP server on stdin and stdout',
    load: () => import('./commands/mcp.ts'),
  },
  compare: {
    summary: 'show what changed between versions of a solicitation, word by word',
    load: () => import('./commands/compare.ts'),
  },
  serve: {
    summary: 'serve the web app and the API',
    load: () => import('./commands/serve.ts'),
  },
  worker: {
    summary: 'work on jobs from a shared database',
    load: () => import('./commands/worker.ts'),
  },
  migrate: {
    summary: 'bring the database to what this version needs',
    load: () => import('./commands/migrate.ts'),
  },
  cleanup: {
    summary: 'delete what has expired (for cron; workers also do it every hour)',
    load: () => import('./commands/cleanup.ts'),
  },
  backup: {
    summary: 'save all rows and files in one folder',
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    summary: 'bring a backup into an empty database and storage',
    load: () => import('./commands/restore.ts'),
  },
  doctor: {
    summary: 'check that everything mdraft needs is there, and say what to fix',
    load: () => import('./commands/doctor.ts'),
  },
}

const USAGE = 2

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('mdraft')
    .description('Documents to faithful Markdown, and requests for proposal to a plan that wins them.')
    .version(version())
    .showHelpAfterError('(mdraft --help lists what there is)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'mdraft: ')) })
    .exitOverride()
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).description(summary)
    if (args.includes(name)) (await load()).configure(command)
  }
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = isUsage(error) ? (error.exitCode === 0 ? 0 : USAGE) : complain('', error)
  }
}

/** What the grammar throws has printed its own message already. */
const isUsage = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')

// A reader that was closed early (`mdraft convert x.pdf | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

await main(process.argv.slice(2))
