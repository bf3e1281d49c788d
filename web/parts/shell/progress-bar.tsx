/** `value` from 0 to 1; null while nobody knows how much there is. */
export function ProgressBar({ label, value }: { label: string; value: number | null }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) })}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      <div
        className={`h-full rounded-full bg-accent transition-[width] duration-300 ${value === null ? 'w-1/4 animate-pulse' : ''}`}
        style={value === null ? undefined : { width: `${Math.max(2, value * 100)}%` }}
      />
    </div>
  )
}
