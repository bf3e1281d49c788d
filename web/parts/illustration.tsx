const markdown = ['| Factor | Points |', '| :--- | ---: |', '| Technical | 400 |', '| Price | 250 |']
const lines: readonly (readonly [number, number])[] = [
  [42, 96],
  [50, 90],
  [58, 60],
  [102, 92],
  [110, 48],
]

/** What the product does, in one picture: a line on the page and the line of Markdown that came from it. */
export function Illustration({ className = '' }: { className?: string }) {
  return (
    <svg viewBox="0 0 300 220" className={className} aria-hidden="true">
      <rect x="2" y="10" width="128" height="172" rx="4" className="fill-surface stroke-line-strong" />
      <rect x="18" y="26" width="62" height="5" rx="2" className="fill-ink-2" />
      {lines.map(([y, width]) => (
        <rect key={y} x="18" y={y} width={width} height="3" rx="1.5" className="fill-line-strong" />
      ))}
      <rect x="14" y="70" width="104" height="22" rx="2" className="fill-mark" />
      <rect x="18" y="75" width="94" height="3" rx="1.5" className="fill-ink-2" />
      <rect x="18" y="84" width="70" height="3" rx="1.5" className="fill-ink-2" />
      <path
        d="M18.5 122.5h95v42h-95zM18.5 136.5h95M18.5 150.5h95M50.5 122.5v42M84.5 122.5v42"
        className="fill-none stroke-line-strong"
      />
      <rect x="168" y="34" width="130" height="172" rx="4" className="fill-surface stroke-line-strong" />
      <rect x="174" y="92" width="118" height="26" rx="2" className="fill-mark" />
      <g className="font-mono text-[8.5px]">
        <text x="180" y="54" className="fill-ink-2 font-semibold">
          ## L.4.2 Format
        </text>
        <text x="180" y="72" className="fill-ink-3">
          Text shall be in …
        </text>
        <text x="180" y="102" className="fill-ink">
          Volume II shall not
        </text>
        <text x="180" y="113" className="fill-ink">
          exceed 25 pages …
        </text>
        {markdown.map((text, index) => (
          <text key={text} x="180" y={140 + index * 13} className="fill-ink-3">
            {text}
          </text>
        ))}
      </g>
      <path
        d="M118 81C150 81 142 105 174 105"
        className="fill-none stroke-mark-line"
        strokeWidth="1.6"
        strokeDasharray="3 3"
      />
      <circle cx="118" cy="81" r="2.6" className="fill-mark-line" />
      <circle cx="174" cy="105" r="2.6" className="fill-mark-line" />
    </svg>
  )
}
