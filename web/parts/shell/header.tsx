import { Link, useNavigate } from '@tanstack/react-router'
import { useKey } from '../keys.ts'
import { AccountMenu } from './account-menu.tsx'
import { pickFiles } from './drop.tsx'
import { openHelp } from './help.tsx'
import { Icon } from './icons.tsx'
import { useTheme } from './theme.ts'

const nav =
  'rounded-md px-2.5 py-1.5 font-medium text-ink-2 hover:text-ink data-[status=active]:bg-sunken data-[status=active]:text-ink'

export function Header() {
  const { theme, toggle } = useTheme()
  const navigate = useNavigate()
  useKey('g d', () => navigate({ to: '/' }))
  useKey('g a', () => navigate({ to: '/analyses' }))
  useKey('g p', () => navigate({ to: '/proposals' }))
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-1 border-line border-b bg-paper px-3 pt-1.5 sm:px-4 sm:pt-0">
      <Link to="/" className="mr-2 flex items-center gap-2 sm:mr-4" aria-label="mdraft, documents">
        <Wordmark />
      </Link>
      <nav
        aria-label="Main"
        className="order-last -ml-2.5 flex w-full items-center gap-1 pb-1 text-sm sm:order-none sm:ml-0 sm:w-auto sm:pb-0"
      >
        <Link to="/" activeOptions={{ exact: true }} className={nav}>
          Documents
        </Link>
        <Link to="/analyses" className={nav}>
          Analyses
        </Link>
        <Link to="/proposals" className={nav}>
          Proposals
        </Link>
      </nav>
      <div className="ml-auto flex items-center gap-1">
        <button type="button" className="btn mr-1" onClick={pickFiles} aria-label="Upload files">
          <Icon name="upload" /> <span className="hidden sm:inline">Upload</span>
        </button>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label="Keyboard help"
          onClick={openHelp}
        >
          <Icon name="help" />
        </button>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
          onClick={toggle}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
        <AccountMenu />
      </div>
    </header>
  )
}

/** The name with a stroke of the marker: what the product does, in one sign. */
function Wordmark() {
  return (
    <span className="relative font-bold font-serif text-[1.25rem] text-ink leading-none tracking-tight">
      <span
        className="absolute inset-x-[-3px] bottom-[-1px] h-[0.5em] rounded-[2px] bg-mark"
        aria-hidden="true"
      />
      <span className="relative">mdraft</span>
    </span>
  )
}
