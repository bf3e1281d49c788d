/** What is marked in a copy of the source: each requirement, with the number of its row. */
import type { Highlight } from '../../core/index.ts'
import type { Analysis, Requirement } from '../findings.ts'

type Color = Highlight['color']
const clause: Color = [225, 225, 225]
const colors: { readonly [A in Requirement['actor']]: Color } = {
  offeror: [255, 226, 92],
  contractor: [150, 208, 255],
  government: [214, 196, 255],
  other: [200, 235, 190],
}

export const highlightsOf = ({ compliance_matrix }: Analysis): Highlight[] =>
  compliance_matrix.flatMap((row, index) =>
    row.boxes.length === 0
      ? []
      : [
          {
            boxes: row.boxes,
            label: String(index + 1),
            note: [
              `${index + 1}. ${row.rfp_reference}`,
              `${row.actor} ${row.obligation}, ${row.category.replaceAll('_', ' ')}`,
              ...(row.duplicate_of ? [`repeats ${row.duplicate_of}`] : []),
              row.requirement_id,
            ].join('\n'),
            color: row.is_clause && row.actor !== 'offeror' ? clause : colors[row.actor],
          },
        ],
  )
