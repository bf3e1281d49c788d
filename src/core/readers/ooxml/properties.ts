/** What a package says about itself (ECMA-376 part 2, 8.3; part 1, 22.2). */
import type { Meta } from '../../doc/model.ts'
import { child, type Xml, xmlText } from '../../io/xml.ts'
import type { Package } from './package.ts'

const fields = {
  title: 'title',
  creator: 'author',
  subject: 'subject',
  keywords: 'keywords',
  language: 'language',
  created: 'created',
  modified: 'modified',
} as const satisfies Record<string, keyof Meta>

export async function readMeta(file: Package): Promise<{ [K in keyof Meta]: Meta[K] | undefined }> {
  const links = [...(await file.relationships('')).values()]
  const part = (type: string) => links.find((link) => link.type === type && file.has(link.target))?.target
  const [core, app] = [
    part('core-properties') ?? part('metadata/core-properties'),
    part('extended-properties'),
  ]
  const [coreXml, appXml] = [core ? await file.xml(core) : undefined, app ? await file.xml(app) : undefined]
  const meta: { -readonly [K in keyof Meta]?: Meta[K] | undefined } = {}
  for (const [local, name] of Object.entries(fields)) meta[name] = textOf(coreXml, local)
  const version = textOf(appXml, 'AppVersion')
  const program = textOf(appXml, 'Application')
  meta.generator = program && version ? `${program} ${version}` : program
  return meta
}

function textOf(root: Xml | undefined, local: string): string | undefined {
  const found = child(root, local)
  return found ? xmlText(found).trim() || undefined : undefined
}
