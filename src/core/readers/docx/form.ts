/** Boxes to tick and choices of a form: what they show is not in the text, or not in signs that everybody knows. */
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import { checkbox, symbol } from '../ooxml/symbols.ts'
import { integer, isOn } from './properties.ts'

const TICKED = '☒'
const UNTICKED = '☐'

/** A content control that is a box to tick (MS-DOCX 2.6.1.7, checkbox); undefined: it is of another kind. */
export function tickBox(properties: Xml | undefined): string | undefined {
  const box = child(properties, 'checkbox')
  if (!box) return undefined
  const isChecked = isOn(child(box, 'checked')) ?? false
  const state = child(box, isChecked ? 'checkedState' : 'uncheckedState')
  const code = Number.parseInt(attribute(state, 'val') ?? '', 16)
  const sign = Number.isFinite(code) ? symbol(attribute(state, 'font') ?? '', code) : undefined
  if (sign !== undefined && checkbox(sign)?.checked === isChecked) return sign
  return isChecked ? TICKED : UNTICKED
}

/** Form fields of Word 97: what a box or a choice shows is not in the text (17.16.17). A text field has a result. */
export function formText(name: string, data: Xml): string | undefined {
  const checkBox = child(data, 'checkBox')
  if (name === 'FORMCHECKBOX' && checkBox) {
    const isChecked = isOn(child(checkBox, 'checked')) ?? isOn(child(checkBox, 'default')) ?? false
    return isChecked ? TICKED : UNTICKED
  }
  const choice = child(data, 'ddList')
  if (name === 'FORMDROPDOWN' && choice) {
    const entries = elements(choice, 'listEntry').map((entry) => attribute(entry, 'val') ?? '')
    const picked = integer(
      attribute(child(choice, 'result'), 'val') ?? attribute(child(choice, 'default'), 'val'),
    )
    return entries[picked ?? 0] ?? ''
  }
  return undefined
}
