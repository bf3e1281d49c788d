import type { ComponentProps } from 'react'

/** A table wider than its column scrolls sideways, by keyboard too (WCAG 2.1.1). */
export const TableScroll = (table: ComponentProps<'table'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus nobody can scroll it by keyboard.
  <section className="table-scroll" tabIndex={0} aria-label="Table">
    <table {...table} />
  </section>
)
