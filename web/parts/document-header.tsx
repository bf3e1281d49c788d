import { Link } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import type { ConversionDetail } from '../../src/contract/documents.ts'
import { downloadUrl } from '../api/queries.ts'
import { useKey } from './keys.ts'
import { ProposalMenu } from './proposal/proposal-menu.tsx'
import { bytes, plural } from './say.ts'
import { announce } from './shell/announce.tsx'
import { Icon } from './shell/icons.tsx'

type Props = {
  readonly conversion: ConversionDetail
  readonly mode: 'document' | 'analysis'
  readonly onMode: (mode: 'document' | 'analysis') => void
  readonly hasAnalysis: boolean
  readonly isStarting: boolean
  readonly onAnalyse: () => void
  readonly shown: 'left' | 'right'
  readonly onShown: (shown: 'left' | 'right') => void
}

const downloads = [
  { format: 'markdown', name: 'Markdown', ending: '.md' },
  { format: 'html', name: 'HTML', ending: '.html' },
  { format: 'json', name: 'JSON (the document tree)', ending: '.json' },
  { format: 'text', name: 'Plain text', ending: '.txt' },
  { format: 'chunks', name: 'Chunks for search', ending: '.jsonl' },
  { format: 'source', name: 'The original file', ending: '' },
] as const

export function DocumentHeader(props: Props) {
  const { conversion, mode, onMode, hasAnalysis, isStarting, onAnalyse, shown, onShown } = props
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(conversion.markdown ?? '')
      announce('The Markdown is on the clipboard.')
    } catch {
      announce('The browser did not allow copying. Use Download instead.')
    }
  }
  useKey('c', copy)
  const facts = [
    conversion.format?.toUpperCase(),
    conversion.pages !== null && plural(conversion.pages, 'page'),
    bytes(conversion.original_size),
  ].filter(Boolean)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-paper px-3 py-2 sm:px-4">
      <div className="min-w-0 flex-1 basis-48">
        <h1 className="truncate font-semibold text-[0.95rem] leading-5" title={conversion.filename}>
          {conversion.filename}
        </h1>
        <p className="flex items-center gap-2 text-ink-3 text-xs">
          {facts.join(' · ')}
          {conversion.partial && (
            <Link to="." search={{ view: 'warnings' }} className="chip bg-danger-soft text-danger">
              Partial
            </Link>
          )}
        </p>
      </div>
      <Segments
        label="Pane"
        className="lg:hidden"
        value={shown}
        onChange={onShown}
        options={[
          ['left', 'Source'],
          ['right', mode === 'analysis' ? 'Findings' : 'Result'],
        ]}
      />
      {hasAnalysis ? (
        <>
          <Segments
            label="View"
            value={mode}
            onChange={onMode}
            options={[
              ['document', 'Document'],
              ['analysis', 'RFP analysis'],
            ]}
          />
          <ProposalMenu conversion={conversion} />
        </>
      ) : (
        <button type="button" className="btn btn-primary" disabled={isStarting} onClick={onAnalyse}>
          {isStarting ? <span className="spinner" /> : <Icon name="table" />}
          Analyse as RFP
        </button>
      )}
      <div className="flex items-center gap-1.5">
        <button type="button" className="btn" onClick={copy} aria-label="Copy the Markdown">
          <Icon name="copy" /> <span className="hidden xl:inline">Copy</span>
        </button>
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger className="btn" aria-label="Download">
            <Icon name="download" /> <span className="hidden xl:inline">Download</span>
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
              {downloads.map(({ format, name, ending }) => (
                <DropdownMenu.Item key={format} className="menu-item" asChild>
                  <a
                    href={downloadUrl(conversion.job_id, format)}
                    download={nameFor(conversion.filename, ending)}
                  >
                    {name} <span className="ml-auto pl-6 font-mono text-ink-3 text-xs">{ending}</span>
                  </a>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
    </div>
  )
}

const nameFor = (filename: string, ending: string): string =>
  ending === '' ? filename : filename.replace(/(\.[^.]*)?$/, ending)

type SegmentsProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
  readonly className?: string
}

function Segments<T extends string>({ label, value, options, onChange, className = '' }: SegmentsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend of its own
    <div
      role="group"
      aria-label={label}
      className={`flex rounded-lg border border-line-strong bg-sunken p-0.5 ${className}`}
    >
      {options.map(([name, title]) => (
        <button
          key={name}
          type="button"
          aria-pressed={value === name}
          className={`h-7 rounded-md px-3 font-medium text-sm ${value === name ? 'bg-surface text-ink shadow-page' : 'text-ink-2 hover:text-ink'}`}
          onClick={() => onChange(name)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
