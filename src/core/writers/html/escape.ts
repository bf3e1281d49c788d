/** Text in HTML. */
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeHtml = (text: string): string =>
  /[&<>"\0-\x08\x0b-\x1f\x7f\ud800-\udfff]/.test(text)
    ? text
        .toWellFormed()
        .replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
        .replace(/[&<>"]/g, (character) => entities[character]!)
    : text

/** ` name="value"` for each value that is given. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join('')
