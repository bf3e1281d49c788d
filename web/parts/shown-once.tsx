import { announce } from './shell/announce.tsx'
import { Icon } from './shell/icons.tsx'

/** A secret that the server tells only now. */
export function ShownOnce({ lead, value }: { lead: string; value: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      announce('It is on the clipboard.')
    } catch {
      announce('The browser did not allow copying: select the text instead.')
    }
  }
  return (
    <div role="status" className="mb-5 rounded-lg border border-mark-line bg-mark-soft p-4">
      <p className="mb-2 font-medium">{lead}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded bg-surface px-2 py-1 font-mono text-sm">
          {value}
        </code>
        <button type="button" className="btn" onClick={copy}>
          <Icon name="copy" /> Copy
        </button>
      </div>
    </div>
  )
}
