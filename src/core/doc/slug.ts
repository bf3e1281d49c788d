/** The names that GitHub, GitLab and their like give to headings, for links inside a document. */

export type Slugs = {
  /** The name of the next heading with this text: told apart by a count where texts repeat. */
  next(text: string): string
}

export function createSlugs(): Slugs {
  const taken = new Map<string, number>()
  return {
    next: (text) => {
      const base = slugOf(text)
      let slug = base
      for (let count = taken.get(base) ?? 0; taken.has(slug); slug = `${base}-${count}`)
        taken.set(base, ++count)
      taken.set(slug, 0)
      return slug
    },
  }
}

/** Lower case; letters, digits, underscores and hyphens stay, each space becomes a hyphen, the rest goes. */
const slugOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
