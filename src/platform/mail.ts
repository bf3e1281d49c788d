/** Letters to users. Without a mail server they are printed to the log, so that a person at the terminal can go on. */
import { createTransport } from 'nodemailer'
import { MdraftError } from '../core/index.ts'
import type { Log } from './log.ts'

type Letter = { readonly to: string; readonly subject: string; readonly text: string }
export type Mailer = { send(letter: Letter): Promise<void>; close(): void }

export function createMailer(
  { smtpUrl, from }: { smtpUrl: string | undefined; from: string },
  log: Log,
): Mailer {
  if (!smtpUrl)
    return {
      send: async ({ to, subject, text }) => log.info({ to, subject, text }, 'a letter (no SMTP_URL is set)'),
      close: () => {},
    }
  const transport = createTransport(smtpUrl, {
    from,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as object)
  return {
    send: async (letter) => {
      try {
        await transport.sendMail(letter)
      } catch (cause) {
        throw new MdraftError('unavailable', 'The letter could not be sent.', {
          fix: 'Try again shortly.',
          cause,
        })
      }
    },
    close: () => transport.close(),
  }
}
