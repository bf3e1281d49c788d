/** A number as Word prints it in each numbering format (ST_NumberFormat, ECMA-376 part 1, 17.18.59). */

type Print = (value: number) => string

/** Values outside what a format can print are printed in decimal, as Word does. */
export function formatNumber(value: number, format: string): string {
  const print = formats[format]
  if (!print) return String(value)
  if (value <= 0 && !zeroIsPrintable.has(format)) return value === 0 ? '0' : String(value)
  return print(value) || String(value)
}

const zeroIsPrintable = new Set(['decimal', 'none', 'decimalZero', 'numberInDash', 'hex', 'cardinalText'])

/** The letters in turn; past the last they double ("z", "aa", "bb"): the value says how often a letter stands. */
const repeating = (letters: string): Print => {
  const signs = [...letters]
  return (value) => signs[(value - 1) % signs.length]!.repeat(Math.min(30, Math.ceil(value / signs.length)))
}
/** The signs in turn, from the first again after the last. */
const cycling =
  (signs: readonly string[]): Print =>
  (value) =>
    signs[(value - 1) % signs.length]!
/** As many as there are signs; then decimal. */
const limited = (letters: string): Print => {
  const signs = [...letters]
  return (value) => signs[value - 1] ?? ''
}
/** Each decimal digit by another sign. */
const digits = (signs: string): Print => {
  const table = [...signs]
  return (value) => [...String(value)].map((digit) => table[Number(digit)] ?? digit).join('')
}
const codePoints = (first: number, count: number): string =>
  String.fromCodePoint(...Array.from({ length: count }, (_, index) => first + index))

const romanSteps: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

const roman: Print = (value) => {
  if (value > 32767) return ''
  let rest = value
  let out = ''
  for (const [step, sign] of romanSteps) for (; rest >= step; rest -= step) out += sign
  return out
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

function englishWords(value: number): string {
  if (value >= 1_000_000) return ''
  const parts: string[] = []
  const under1000 = (rest: number) => {
    if (rest >= 100) parts.push(ones[Math.floor(rest / 100)]!, 'hundred')
    const last = rest % 100
    if (last >= 20) parts.push(tens[Math.floor(last / 10)]! + (last % 10 ? `-${ones[last % 10]}` : ''))
    else if (last > 0) parts.push(ones[last]!)
  }
  if (value === 0) return 'zero'
  if (value >= 1000) {
    under1000(Math.floor(value / 1000))
    parts.push('thousand')
  }
  under1000(value % 1000)
  return parts.join(' ')
}

function englishOrdinal(value: number): string {
  const words = englishWords(value)
  const [, head, last = ''] = /^(.*?)([a-z]+)$/.exec(words) ?? []
  if (head === undefined) return ''
  return head + (irregularOrdinals[last] ?? `${last.replace(/y$/, 'ie')}th`)
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const ordinal: Print = (value) => {
  const teen = value % 100 >= 11 && value % 100 <= 13
  return value + (teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'))
}

type EastAsian = {
  readonly digits: string
  /** Tens, hundreds, thousands. */
  readonly units: string
  readonly tenThousand: string
  /** Written where digits between are skipped (一百零一). */
  readonly zero?: string
  /** 一十 and not 十: whether one ten carries its digit, in front and elsewhere. */
  readonly oneTen?: 'always' | 'inside'
}

/** Counting with units, as East Asian languages write numbers. */
const counting = ({ digits: digitSigns, units, tenThousand, zero = '', oneTen }: EastAsian): Print => {
  const sign = [...digitSigns]
  const unit = ['', ...units]
  const group = (value: number, isFirst: boolean): string => {
    let out = ''
    let skipped = false
    for (let power = 3; power >= 0; power--) {
      const digit = Math.floor(value / 10 ** power) % 10
      if (digit === 0) {
        skipped = out !== '' || !isFirst
        continue
      }
      if (skipped) out += zero
      skipped = false
      const isBareOne =
        digit === 1 &&
        power > 0 &&
        oneTen !== 'always' &&
        (oneTen !== 'inside' || (isFirst && out === '' && power === 1))
      out += (isBareOne ? '' : sign[digit]!) + unit[power]!
    }
    return out
  }
  return (value) => {
    if (value >= 100_000_000) return ''
    const high = Math.floor(value / 10_000)
    return (high > 0 ? group(high, true) + tenThousand : '') + group(value % 10_000, high === 0)
  }
}

const han = '〇一二三四五六七八九'
const chinese = { digits: han, units: '十百千', tenThousand: '万', zero: '零', oneTen: 'inside' } as const
const stems = [...'甲乙丙丁戊己庚辛壬癸']
const branches = [...'子丑寅卯辰巳午未申酉戌亥']

const koreanOnes = ['', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉']
const koreanTens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔']
const vietnamese = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const thaiWords = ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า']
const thaiUnits = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน']
const hindiWords = 'शून्य एक दो तीन चार पाँच छह सात आठ नौ दस'.split(' ')

const vietnameseWords: Print = (value) => {
  if (value > 99) return ''
  const [ten, one] = [Math.floor(value / 10), value % 10]
  if (ten === 0) return vietnamese[one]!
  const head = ten === 1 ? 'mười' : `${vietnamese[ten]} mươi`
  // One and five change their form behind a ten.
  const tail = one === 0 ? '' : one === 5 ? 'lăm' : one === 1 && ten > 1 ? 'mốt' : vietnamese[one]!
  return tail ? `${head} ${tail}` : head
}

const thaiCounting: Print = (value) => {
  if (value > 999_999) return ''
  const text = String(value)
  return [...text]
    .map((digit, index) => {
      const power = text.length - 1 - index
      if (digit === '0') return ''
      if (power === 1 && digit === '1') return thaiUnits[1]!
      if (power === 1 && digit === '2') return `ยี่${thaiUnits[1]}`
      if (power === 0 && digit === '1' && text.length > 1) return 'เอ็ด'
      return thaiWords[Number(digit)]! + thaiUnits[power]!
    })
    .join('')
}

const hebrewSteps: readonly (readonly [number, string])[] = [
  ...[...'תשרק'].map((sign, index) => [400 - index * 100, sign] as const),
  ...[...'צפעסנמלכי'].map((sign, index) => [90 - index * 10, sign] as const),
  ...[...'טחזוהדגבא'].map((sign, index) => [9 - index, sign] as const),
]
/** Letters by value; 15 and 16 are 9+6 and 9+7, so as not to spell the name of God. */
const hebrewNumerals: Print = (value) => {
  if (value > 999) return ''
  let rest = value
  let out = ''
  for (const [step, sign] of hebrewSteps) {
    if (rest === 15 || rest === 16) {
      out += rest === 15 ? 'טו' : 'טז'
      break
    }
    for (; rest >= step; rest -= step) out += sign
  }
  return out
}

const katakana =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'
const irohaOrder =
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン'
const halfKatakana = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ'
const halfIroha = 'ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ'

const formats: Readonly<Record<string, Print>> = {
  none: () => ' ',
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (value) => String(value).padStart(2, '0'),
  numberInDash: (value) => `- ${value} -`,
  hex: (value) => value.toString(16).toUpperCase(),
  upperRoman: roman,
  lowerRoman: (value) => roman(value).toLowerCase(),
  upperLetter: repeating(codePoints(0x41, 26)),
  lowerLetter: repeating(codePoints(0x61, 26)),
  ordinal,
  cardinalText: (value) => capital(englishWords(value)),
  ordinalText: (value) => capital(englishOrdinal(value)),
  dollarText: (value) => `${capital(englishWords(value))} and 00/100`,
  bahtText: (value) => `${thaiCounting(value)}บาทถ้วน`,
  chicago: repeating('*†‡§'),
  russianLower: repeating('абвгдежзиклмнопрстуфхцчшщэюя'),
  russianUpper: repeating('АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ'),
  hebrew1: hebrewNumerals,
  hebrew2: repeating('אבגדהוזחטיכלמנסעפצקרשת'),
  arabicAlpha: repeating('أبتثجحخدذرزسشصضطظعغفقكلمنهوي'),
  arabicAbjad: repeating('أبجدهوزحطيكلمنسعفصقرشتثخذضظغ'),
  thaiLetters: repeating('กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ'),
  thaiNumbers: digits('๐๑๒๓๔๕๖๗๘๙'),
  thaiCounting,
  hindiVowels: repeating('कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह'),
  hindiConsonants: repeating('अआइईउऊऋऌएऐओऔ'),
  hindiNumbers: digits('०१२३४५६७८९'),
  hindiCounting: (value) => hindiWords[value] ?? '',
  vietnameseCounting: vietnameseWords,
  decimalFullWidth: digits('０１２３４５６７８９'),
  decimalFullWidth2: digits('０１２３４５６７８９'),
  decimalEnclosedCircle: limited(codePoints(0x2460, 20)),
  decimalEnclosedCircleChinese: limited(codePoints(0x2460, 20)),
  decimalEnclosedParen: limited(codePoints(0x2474, 20)),
  decimalEnclosedFullstop: limited(codePoints(0x2488, 20)),
  ideographEnclosedCircle: limited(codePoints(0x3280, 10)),
  aiueo: repeating(halfKatakana),
  aiueoFullWidth: repeating(katakana),
  iroha: repeating(halfIroha),
  irohaFullWidth: repeating(irohaOrder),
  ideographDigital: digits(han),
  japaneseDigitalTenThousand: digits(han),
  taiwaneseDigital: digits('○一二三四五六七八九'),
  koreanDigital: digits('영일이삼사오육칠팔구'),
  koreanDigital2: digits('零一二三四五六七八九'),
  japaneseCounting: counting({ digits: han, units: '十百千', tenThousand: '万' }),
  japaneseLegal: counting({
    digits: '〇壱弐参四伍六七八九',
    units: '拾百阡',
    tenThousand: '萬',
    oneTen: 'always',
  }),
  chineseCounting: counting(chinese),
  chineseCountingThousand: counting(chinese),
  taiwaneseCounting: counting({ ...chinese, tenThousand: '萬' }),
  taiwaneseCountingThousand: counting({ ...chinese, tenThousand: '萬' }),
  chineseLegalSimplified: counting({
    digits: '零壹贰叁肆伍陆柒捌玖',
    units: '拾佰仟',
    tenThousand: '万',
    zero: '零',
    oneTen: 'always',
  }),
  ideographLegalTraditional: counting({
    digits: '零壹貳參肆伍陸柒捌玖',
    units: '拾佰仟',
    tenThousand: '萬',
    zero: '零',
    oneTen: 'always',
  }),
  koreanCounting: counting({ digits: '영일이삼사오육칠팔구', units: '십백천', tenThousand: '만' }),
  koreanLegal: (value) => (value > 99 ? '' : koreanTens[Math.floor(value / 10)]! + koreanOnes[value % 10]!),
  ganada: repeating('가나다라마바사아자차카타파하'),
  chosung: repeating('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'),
  ideographTraditional: limited('甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: limited('子丑寅卯辰巳午未申酉戌亥'),
  ideographZodiacTraditional: cycling(
    Array.from({ length: 60 }, (_, index) => stems[index % 10]! + branches[index % 12]!),
  ),
}

/** A pattern of Word 2010 and later: "001, 002, 003, ..." counts with as many digits as its first example. */
export function formatCustom(value: number, pattern: string): string {
  const example = pattern.split(',')[0]!.trim()
  return /^0*[1-9]?$/.test(example) ? String(value).padStart(example.length, '0') : String(value)
}
