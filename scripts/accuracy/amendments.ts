/**
 * Real changes between versions of solicitations against what `compareVersions` tells. The list was made by hand: the
 * two texts compared word by word, running heads left out, every difference judged by reading both pages. It names
 * places, never the words of a document.
 */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readDoc } from '../../src/core/index.ts'
import type { Comparison } from '../../src/rfp/findings.ts'
import { analyze, compareVersions, type Given } from '../../src/rfp/index.ts'

/** `order`: told by the amendment alone ("Exhibit 2 is replaced"), with nothing to compare in the solicitation. */
type Kind = Comparison['changes'][number]['kind'] | 'order'
/** Page of the new version; of the old one where something was removed. */
type Known = readonly [kind: Kind, page: number, count: number, what: string]
type Pair = { readonly old: string; readonly now: string; readonly known: readonly Known[] }

const pairs: readonly Pair[] = [
  {
    old: 'gsa-polaris-wosb-47qtcb22r0003.pdf',
    now: 'gsa-polaris-wosb-47qtcb22r0003-v2.pdf',
    known: [
      ['changed', 65, 1, 'due date'],
      ['changed', 72, 1, 'a word taken out of a list'],
      ['changed', 78, 2, 'an exception put into two conditions'],
      ['changed', 79, 1, 'the same exception in a third'],
      ['added', 78, 1, 'a new requirement on projects without a report'],
    ],
  },
  {
    old: 'nasa-nress3-80hqtr26r0002-2025.pdf',
    now: 'nasa-nress3-80hqtr26r0002-amd2.pdf',
    known: [
      ['changed', 16, 1, 'when a plan is due, in a table of deliverables'],
      ['changed', 33, 1, 'a clause added to a table of clauses'],
      ['changed', 41, 1, 'a kind of information taken out of a clause'],
      ['changed', 52, 4, 'references in the table of volumes'],
      ['changed', 63, 1, 'title of a subfactor in the instructions'],
      ['removed', 54, 3, 'requirements of that subfactor'],
      ['added', 63, 1, 'the requirement that stands for them'],
      ['changed', 79, 1, 'whom to notify'],
      ['changed', 84, 2, 'title and text of the subfactor in the evaluation'],
      ['changed', 78, 1, 'letter of a paragraph'],
      ['added', 24, 1, 'title of Section G'],
      ['added', 29, 1, 'title of Section H'],
      ['added', 31, 1, 'title of Section I'],
      ['order', 14, 1, 'an exhibit replaced'],
    ],
  },
  {
    old: 'nasa-nress3-80hqtr26r0002-amd2.pdf',
    now: 'nasa-nress3-80hqtr26r0002-amd5.pdf',
    known: [
      ['added', 45, 3, 'a title and two requirements'],
      ['changed', 41, 2, 'page limits that lose their footnote'],
      ['order', 2, 2, 'due date, a revised attachment'],
    ],
  },
  {
    old: 'navy-niwc-n6523626r3100-2026.pdf',
    now: 'navy-niwc-n6523626r3100-amd1.pdf',
    known: [['changed', 15, 2, 'due date and last day for questions']],
  },
  {
    old: 'navy-niwc-n6523626r3100-2026.pdf',
    now: 'navy-niwc-n6523626r3100-amd2.pdf',
    known: [
      ['changed', 11, 1, 'number of the solicitation'],
      ['changed', 17, 1, 'number of a provision'],
      ['changed', 18, 1, 'due date'],
      ['changed', 19, 1, 'last day for questions'],
      ['added', 10, 4, 'sentences on labor categories'],
      ['order', 2, 1, 'response date of the form'],
      ['order', 3, 1, 'period of an option'],
      ['order', 4, 2, 'attachments added and deleted'],
    ],
  },
]

export async function amendments(docs: string): Promise<string> {
  const read = new Map<string, Promise<Given>>()
  const given = (name: string): Promise<Given> => {
    const known = read.get(name) ?? open(join(docs, name))
    read.set(name, known)
    return known
  }
  const rows: string[] = []
  const missed: string[] = []
  const sums = { real: 0, found: 0, told: 0, noise: 0 }
  for (const { old, now, known } of pairs) {
    const comparison = compareVersions(await given(old), await given(now))
    const real = known.reduce((sum, [, , count]) => sum + count, 0)
    let found = 0
    let matched = 0
    for (const [kind, page, count, what] of known) {
      const hits = Math.min(count, toldOn(comparison, kind, page))
      found += hits
      if (kind !== 'order') matched += hits
      if (hits < count) missed.push(`${now} page ${page}: ${what}`)
    }
    const told = comparison.changes.length
    sums.real += real
    sums.found += found
    sums.told += told
    sums.noise += told - matched
    rows.push(`| ${old} | ${now} | ${real} | ${found} | ${told} | ${told - matched} |`)
  }
  return [
    '| old | new | real changes | found | changes told | of these none |',
    '|---|---|---|---|---|---|',
    ...rows,
    `| | all | ${sums.real} | ${sums.found} | ${sums.told} | ${sums.noise} (${((100 * sums.noise) / Math.max(1, sums.told)).toFixed(1)} %) |`,
    '',
    `Missed: ${missed.join('; ') || 'none'}.`,
  ].join('\n')
}

async function open(path: string): Promise<Given> {
  const { doc } = await readDoc(await readFile(path), { name: basename(path) })
  return { doc, analysis: analyze(doc, { filename: basename(path), sha256: doc.source?.sha256 ?? '' }) }
}

function toldOn({ changes, directives }: Comparison, kind: Kind, page: number): number {
  if (kind === 'order') return directives.filter((one) => one.page === page).length
  return changes.filter((one) => one.kind === kind && (kind === 'removed' ? one.old : one.new)?.page === page)
    .length
}
