/** The pages of `docs/` name files, addresses and variables: all of them must exist. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const pages = ['README.md', ...globSync('docs/**/*.md')]
const read = (path: string) => readFileSync(path, 'utf8')

test.each(pages)('%s links to files that exist', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to]) => to!)
  expect(links.filter((to) => !existsSync(join(dirname(page), decodeURI(to))))).toEqual([])
})

test('the architecture names rooms and files that exist', () => {
  const named = [...read('docs/architecture.md').matchAll(/`((?:src|web|test|migrations)[\w./-]*)`/g)].map(
    ([, path]) => path!,
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('variables that the docs name are known to the configuration', () => {
  const known = read('.env.example')
  const gone = new Set(['CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND', 'MDRAFT_MAX_CHUNKS'])
  const named = ['docs/architecture.md', 'docs/operations.md'].flatMap((page) =>
    [...read(page).matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(([, name]) => name!),
  )
  expect(named.filter((name) => !gone.has(name) && !new RegExp(`^#?${name}=`, 'm').test(known))).toEqual([])
})
