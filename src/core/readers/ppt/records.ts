/** Records of PowerPoint 97–2003 and of its drawings: a head of eight bytes, then data or further records ([MS-PPT] 2.3.1). */

export type Rec = {
  readonly type: number
  readonly instance: number
  readonly isContainer: boolean
  readonly data: Buffer
}

const HEAD = 8

/** The records of a stretch, in order. */
export function* records(data: Buffer): Generator<Rec> {
  for (let at = 0; at + HEAD <= data.length; ) {
    const record = recordAt(data, at)
    if (!record) return
    yield record
    at += HEAD + record.data.length
  }
}

export function recordAt(data: Buffer, at: number): Rec | undefined {
  if (at < 0 || at + HEAD > data.length) return undefined
  const version = data.readUInt16LE(at)
  const size = data.readUInt32LE(at + 4)
  return {
    type: data.readUInt16LE(at + 2),
    instance: version >> 4,
    isContainer: (version & 0xf) === 0xf,
    data: data.subarray(at + HEAD, at + HEAD + size),
  }
}

export const children = (record: Rec | undefined): Rec[] =>
  record?.isContainer ? [...records(record.data)] : []
export const child = (record: Rec | undefined, type: number): Rec | undefined =>
  children(record).find((one) => one.type === type)

/** Numbers of records ([MS-PPT] 2.13.24, [MS-ODRAW] 2.2). */
export const types = {
  document: 0x03e8,
  slide: 0x03ee,
  slideAtom: 0x03ef,
  notes: 0x03f0,
  slidePersist: 0x03f3,
  showInfo: 0x03f9,
  objects: 0x0409,
  drawing: 0x040c,
  placeholder: 0x0bc3,
  outlineText: 0x0f9e,
  textHeader: 0x0f9f,
  textChars: 0x0fa0,
  textStyle: 0x0fa1,
  textBytes: 0x0fa8,
  string: 0x0fba,
  linkAtom: 0x0fd3,
  link: 0x0fd7,
  linkRange: 0x0fdf,
  slideList: 0x0ff0,
  interaction: 0x0ff2,
  interactionAtom: 0x0ff3,
  userEdit: 0x0ff5,
  persistDirectory: 0x1772,
  group: 0xf003,
  shape: 0xf004,
  properties: 0xf00b,
  textBox: 0xf00d,
  childAnchor: 0xf00f,
  anchor: 0xf010,
  clientData: 0xf011,
  moreProperties: 0xf122,
} as const
