import { DropdownMenu } from 'radix-ui'
import { Icon } from '../shell/icons.tsx'

type Props = {
  readonly label: string
  readonly values: readonly string[]
  readonly name: (value: string) => string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Checkboxes for the values of a column, each with its count. */
export function FacetMenu({ label, values, name, chosen, onChange }: Props) {
  const counts = Map.groupBy(values, (value) => value)
  if (counts.size < 2) return null
  const sorted = [...counts].sort(([, one], [, other]) => other.length - one.length)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={`btn ${chosen.length > 0 ? 'border-accent bg-accent-soft' : ''}`}>
        {label}
        {chosen.length > 0 && <span className="count">{chosen.length}</span>}
        <Icon name="down" className="size-3" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu max-h-80 overflow-auto" align="start" sideOffset={4}>
          {sorted.map(([value, { length }]) => (
            <DropdownMenu.CheckboxItem
              key={value}
              className="menu-item"
              checked={chosen.includes(value)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(isOn) =>
                onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            >
              <span className="flex size-4 items-center justify-center rounded-sm border border-line-strong">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" className="size-3.5" />
                </DropdownMenu.ItemIndicator>
              </span>
              {name(value)}
              <span className="ml-auto pl-4 text-ink-3 text-xs tabular-nums">{length}</span>
            </DropdownMenu.CheckboxItem>
          ))}
          {chosen.length > 0 && (
            <DropdownMenu.Item className="menu-item mt-1 text-accent" onSelect={() => onChange([])}>
              Show all
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
