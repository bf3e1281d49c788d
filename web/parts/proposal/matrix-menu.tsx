import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import type { MatrixRow, Proposal } from '../../../src/contract/proposals.ts'
import { Icon } from '../shell/icons.tsx'
import { useAmending, useFilling } from './fill.tsx'
import { ImportDialog } from './import-dialog.tsx'
import type { People } from './people.ts'

type Props = { readonly proposal: Proposal; readonly rows: readonly MatrixRow[]; readonly people: People }

/** The matrix as a file and back, and more rows from the documents of the proposal. */
export function MatrixMenu({ proposal, rows, people }: Props) {
  const filling = useFilling(proposal.id)
  const amending = useAmending(proposal.id)
  const isBusy = filling.isPending || amending.isPending
  const [isImporting, setImporting] = useState(false)
  const sources = proposal.documents.filter(({ role, status }) => role !== 'draft' && status === 'completed')
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="btn" aria-label="Export, import, or add rows">
          {isBusy ? <span className="spinner" /> : <Icon name="more" />}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            {(['xlsx', 'csv'] as const).map((format) => (
              <DropdownMenu.Item key={format} className="menu-item" asChild>
                <a href={`/api/proposals/${proposal.id}/matrix/download?format=${format}`} download>
                  <Icon name="download" /> Export as {format === 'xlsx' ? 'Excel' : 'CSV'}
                </a>
              </DropdownMenu.Item>
            ))}
            {people.mayEdit && (
              <DropdownMenu.Item className="menu-item" onSelect={() => setImporting(true)}>
                <Icon name="upload" /> Import from a spreadsheet…
              </DropdownMenu.Item>
            )}
            {people.mayEdit && sources.length > 0 && (
              <>
                <DropdownMenu.Separator className="my-1 h-px bg-line" />
                {sources.map((document) => (
                  <DropdownMenu.Item
                    key={document.id}
                    className="menu-item"
                    onSelect={() => filling.mutate(document)}
                  >
                    <Icon name="plus" />{' '}
                    <span className="max-w-64 truncate">Rows of {document.filename}</span>
                  </DropdownMenu.Item>
                ))}
                {rows.length > 0 &&
                  sources
                    .filter(({ role }) => role === 'amendment' || role === 'qa')
                    .map((document) => (
                      <DropdownMenu.Item
                        key={document.id}
                        className="menu-item"
                        onSelect={() => amending.mutate(document)}
                      >
                        <Icon name="table" />{' '}
                        <span className="max-w-64 truncate">Apply {document.filename} as an amendment</span>
                      </DropdownMenu.Item>
                    ))}
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isImporting && <ImportDialog proposal={proposal} onClose={() => setImporting(false)} />}
    </>
  )
}
