import { type FormEvent, type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { Problem } from './shell/problem.tsx'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
  readonly label: string
  readonly help?: string
  readonly onValue: (value: string) => void
}

export function Field({ label, help, onValue, ...input }: FieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        className="field h-10 w-full text-[0.9rem]"
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => onValue(event.target.value)}
        {...input}
      />
      {help && (
        <p id={`${id}-help`} className="mt-1 text-ink-3 text-sm">
          {help}
        </p>
      )}
    </div>
  )
}

type FormProps = {
  readonly children: ReactNode
  readonly submit: string
  /** The button fills the width: for a form that is alone on its page. */
  readonly isWide?: boolean
  readonly isBusy: boolean
  readonly error?: unknown
  readonly onSubmit: () => void
}

/** Fields, what went wrong, and one button. */
export function Form({ children, submit, isWide = false, isBusy, error, onSubmit }: FormProps) {
  return (
    <form
      className="space-y-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {error ? <Problem error={error} /> : null}
      <button
        type="submit"
        className={`btn btn-primary h-10 px-5 text-[0.9rem] ${isWide ? 'w-full' : ''}`}
        disabled={isBusy}
      >
        {isBusy && <span className="spinner" />}
        {submit}
      </button>
    </form>
  )
}
