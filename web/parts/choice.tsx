import type { SelectHTMLAttributes } from 'react'

type Props<T extends string> = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onValue: (value: T) => void
}

/** The browser's own list of choices, with its name for those who cannot see what stands around it. */
export function Choice<T extends string>({ label, value, options, onValue, className, ...rest }: Props<T>) {
  return (
    <select
      aria-label={label}
      className={`field ${className ?? ''}`}
      value={value}
      // One of the values of the options.
      onChange={(event) => onValue(event.target.value as T)}
      {...rest}
    >
      {options.map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
}

/** The entries of a record of names, as options. */
export const optionsOf = <T extends string>(names: Record<T, string>): (readonly [T, string])[] =>
  Object.entries(names) as [T, string][] // the keys of the record
