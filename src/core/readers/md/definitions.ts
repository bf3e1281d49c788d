/** Addresses and notes that Markdown defines in one place and uses in another. */
import type { Definition, Root, RootContent } from 'mdast'
import type { Definitions } from './inline.ts'

export function createDefinitions(root: Root): Definitions {
  const links = new Map<string, Definition>()
  const notes = new Map<string, string>()
  const stack: (Root | RootContent)[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    // The first definition of a name counts (CommonMark 4.7).
    if (node.type === 'definition' && !links.has(node.identifier)) links.set(node.identifier, node)
    if (node.type === 'footnoteDefinition' && !notes.has(node.identifier))
      notes.set(node.identifier, node.label ?? node.identifier)
    if ('children' in node) for (const child of node.children.toReversed()) stack.push(child)
  }
  return {
    link: (identifier) => links.get(identifier),
    noteName: (identifier) => notes.get(identifier) ?? identifier,
  }
}
