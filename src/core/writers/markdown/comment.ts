/** `<!-- … -->`, which ends nowhere but where we end it (CommonMark 6.6, HTML 13.1.6). */
export const comment = (text: string): string =>
  `<!-- ${text
    .replace(/\s+/g, ' ')
    .replace(/-(?=-|>)/g, '- ')
    .replace(/-$/, '- ')
    .trim()} -->`
