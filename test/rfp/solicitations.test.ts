/** Solicitations of many kinds of buyers, written for these tests: what a proposal manager would be told of each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { convert } from '../../src/core/index.ts'
import { analyze } from '../../src/rfp/analyze.ts'
import { type Analysis, analysisSchema } from '../../src/rfp/findings.ts'
import { groundOf } from '../../src/rfp/ground.ts'

type Expected = {
  readonly due: readonly string[]
  readonly questions: readonly string[]
  readonly conference?: readonly string[]
  /** Name, points or percent; a gate has "gate". */
  readonly criteria: readonly (readonly [string, number | 'gate' | null])[]
  readonly outline: readonly string[]
  readonly limits?: readonly (string | null)[]
  /** Beginnings of rows, by actor. */
  readonly contractor: readonly string[]
  readonly offeror: readonly string[]
  readonly none?: readonly string[]
}

const cases: Record<string, Expected> = {
  'uk-itt': {
    due: ['2025-04-07 12:00'],
    questions: ['2025-03-21 17:00'],
    conference: ['2025-03-12'],
    criteria: [
      ['Price', 40],
      ['Quality', 50],
      ['Social Value', 10],
      ['Method Statement 1: Mobilisation and resourcing', 15],
      ['Method Statement 2: Service delivery', 20],
      ['Method Statement 3: Health and safety', 15],
    ],
    outline: [
      'Form of Tender (Appendix A)',
      'Certificate of Non-Collusion (Appendix B)',
      'Selection Questionnaire (Appendix C)',
      'Method Statements (Appendix D)',
      'Pricing Schedule (Appendix E)',
    ],
    contractor: ['The Contractor shall cut', 'Herbicides must only', 'The Contractor is responsible'],
    offeror: ['Tenders must be submitted', 'Tenderers shall not canvass', 'All prices must be in pounds'],
    none: ['The Council will provide a depot', 'The Council reserves'],
  },
  'development-bank': {
    due: ['2024-03-01 16:00 local time'],
    questions: ['Clarifications may be requested no later than 14 days prior to the submission deadline.'],
    conference: ['2024-01-26 10:00'],
    criteria: [
      ['Technical Proposals', 80],
      ['Financial Proposals', 20],
      ['Specific experience of the Consultant relevant to the assignment', 10],
      ['Adequacy and quality of the proposed methodology and work plan', 35],
      ["Key Experts' qualifications and competence for the assignment", 45],
      ['Transfer of knowledge (training) program', 5],
      ['Participation by nationals among proposed Key Experts', 5],
    ],
    outline: [],
    contractor: ['The Consultant shall collect traffic', 'The final report must include'],
    offeror: ['The Proposal, as well as', 'The Consultant shall submit a signed'],
    none: ['The Client will make available'],
  },
  'city-ifb': {
    due: ['2024-08-15 14:00 local time'],
    questions: ['2024-08-07 16:00'],
    conference: ['2024-08-01 10:00'],
    criteria: [['Price (lowest responsive and responsible bid)', null]],
    outline: [
      'Bid Form',
      'Bid Bond',
      'Non-Collusion Affidavit',
      "Statement of Bidder's Qualifications",
      'List of Subcontractors',
      'W-9',
    ],
    contractor: ['The contractor shall maintain traffic', 'All pipe shall be', 'The contractor shall pay'],
    offeror: ['Bids shall be made on the Bid Form', 'Each bid must be accompanied'],
    none: ['The City reserves'],
  },
  'county-rfp': {
    due: ['2025-03-14 15:00 PST'],
    questions: ['2025-02-20 17:00'],
    conference: ['2025-02-13 10:00'],
    criteria: [
      ['Company Background and Experience', 20],
      ['Project Team', 15],
      ['Technical Approach', 35],
      ['References', 5],
      ['Cost', 25],
    ],
    outline: [
      'Cover Letter',
      'Company Background',
      'Project Team',
      'Technical Approach',
      'References',
      'Cost Proposal',
      'Required Forms',
    ],
    limits: ['two (2) pages', null, null, null, null, null, null],
    contractor: ['The selected vendor shall', 'The system must integrate', 'Vendor shall train'],
    offeror: [
      'Proposers must have at least',
      'All communications concerning this RFP',
      "Describe the firm's",
    ],
    none: ['County staff will validate', 'The County may invite'],
  },
  grant: {
    due: ['2025-06-16 23:59 Eastern Time'],
    questions: ['2025-06-02'],
    criteria: [
      ['Need for the Project', 20],
      ['Quality of the Project Design', 40],
      ['Organizational Capacity', 25],
      ['Budget and Cost Effectiveness', 15],
    ],
    outline: [
      'SF-424, Application for Federal Assistance',
      'Project Abstract',
      'Project Narrative',
      'Budget Narrative',
      'SF-424A, Budget Information',
      'Letters of Commitment',
      'SF-LLL, Disclosure of Lobbying Activities',
    ],
    limits: [null, 'one page', '15 pages', '5 pages', null, null, null],
    contractor: ['Recipients must submit quarterly', 'Recipients shall submit a final'],
    offeror: ['Applicants must provide a match', 'The Project Narrative must be double-spaced'],
    none: ['Reviewers will consider', 'The Agency anticipates'],
  },
  'rfq-email': {
    due: ['2025-05-06 14:00 Pacific time'],
    questions: ['2025-04-30'],
    criteria: [],
    outline: [],
    contractor: ['Batteries must be manufactured', 'Delivery is required'],
    offeror: ['Please e-mail your quote', 'Include your company'],
    none: ['Award will be made'],
  },
  'task-order': {
    due: ['2025-09-19 16:00 Eastern Time'],
    questions: ['2025-09-05 12:00 ET'],
    criteria: [
      ['Factor 1: Technical and Management Approach', null],
      ['Factor 2: Key Personnel and Staffing', null],
      ['Factor 3: Past Experience', null],
      ['Factor 4: Price', null],
    ],
    outline: ['Technical and Management Approach', 'Key Personnel and Staffing', 'Past Experience', 'Price'],
    limits: ['25 pages', '15 pages (excluding resumes)', '3 pages per project', 'No limit'],
    contractor: ['The contractor shall provide help desk', 'The contractor shall answer 90%'],
    offeror: ['Quotes shall be submitted through', 'The quoter shall provide a resume'],
    none: ['The Government intends', 'The Government may make award'],
  },
  'commercial-addendum': {
    due: ['2025-11-14 10:00 Central Standard Time'],
    questions: ['2025-11-07 10:00 CST'],
    criteria: [
      ['Technical capability', null],
      ['Past performance', null],
      ['Price', null],
    ],
    outline: [
      'Technical capability statement',
      'Past performance information on two contracts of similar scope within the last three years',
      'A completed price schedule',
      'Completed representations and certifications, FAR 52.212-3',
    ],
    limits: ['five pages', null, null, null],
    contractor: ['The contractor shall inspect and service', 'All replaced parts must be new'],
    offeror: ['Quotes shall be e-mailed', 'Offers must be held firm'],
    none: ['The Government will award'],
  },
  'mandatory-rated': {
    due: ['2024-11-21 14:00 Eastern Standard Time (EST)'],
    questions: [
      'All enquiries must be submitted in writing to the Contracting Authority no later than 5 calendar days before the bid closing date.',
    ],
    criteria: [
      ['Mandatory Technical Criteria', 'gate'],
      ['Experience of the Bidder', 30],
      ['Qualifications of the proposed translators', 40],
      ['Quality control plan', 30],
      ['Technical merit', 60],
      ['Price', 40],
    ],
    outline: ['Technical Bid', 'Financial Bid'],
    contractor: ['The Contractor must translate documents'],
    offeror: ['Bids must be submitted only to', 'The Bidder must propose at least two'],
    none: ['The Project Authority will provide'],
  },
  university: {
    due: ['2024-02-16 14:00 CT'],
    questions: ['2024-01-24 17:00 CT'],
    conference: ['2024-01-18 10:00 CT'],
    criteria: [
      ['Functional fit', 350],
      ['Technical architecture and security', 200],
      ['Implementation and migration', 150],
      ['Experience and references', 100],
      ['Cost', 200],
    ],
    outline: [
      'Transmittal Letter',
      'Executive Summary',
      'Company Background and Experience',
      'Technical Response',
      'Implementation Plan',
      'Cost Proposal',
      'Required Forms',
    ],
    limits: ['2 pages', 'three pages', null, null, null, null, null],
    contractor: ['The System shall support', 'Gradebook with weighted', 'Support tickets of severity 1'],
    offeror: ['Proposals shall be uploaded', 'Respondents shall indicate', 'Proposals must remain valid'],
    none: ['Functional requirements', 'The University reserves'],
  },
  qualifications: {
    due: ['2024-06-13 11:00'],
    questions: ['2024-05-31 16:00'],
    conference: ['2024-05-22 09:00'],
    criteria: [
      ['Prior similar experience', 30],
      ['Qualifications of key personnel', 25],
      ['Project approach', 25],
      ['Capacity to perform the work within the schedule', 10],
      ['References and past performance on Town projects', 10],
    ],
    outline: [
      'Letter of interest',
      'Completed Designer Selection Board Application Form',
      'Project understanding and approach',
      'Qualifications of the project team, with an organization chart',
      'Similar projects completed within the last ten years (no more than five)',
      'Current workload and capacity',
      'Certificate of professional liability insurance',
      'Certificate of Tax Compliance and Certificate of Non-Collusion, signed',
    ],
    limits: ['one page', null, null, null, null, null, null, null],
    contractor: ['The selected consultant shall', 'The consultant will attend'],
    offeror: ['Firms interested in providing', 'The SOQ is limited', 'Firms shall not include fee'],
    none: ['The Town will furnish', 'The Committee may interview'],
  },
  'data-sheet': {
    due: ['2023-10-20 15:00 local time'],
    questions: ['Clarifications may be requested no later than 14 days prior to the submission deadline.'],
    conference: ['2023-09-28 10:00 local time'],
    criteria: [
      ['Specific experience of the Consultant relevant to the Assignment', 10],
      [
        'Adequacy and quality of the proposed methodology and work plan in responding to the Terms of Reference',
        30,
      ],
      ["Key Experts' qualifications and competence for the Assignment", 50],
      ['Suitability of the transfer of knowledge program', 10],
      ['Technical proposal', 80],
      ['Financial proposal', 20],
    ],
    outline: [],
    contractor: ['The Consultant shall deliver an inception', 'All deliverables shall be'],
    offeror: ['Please inform us by', 'Only one CV shall be'],
    none: ['The Client will provide'],
  },
  'combined-synopsis': {
    due: ['2024-05-03 13:00 PDT'],
    questions: ['2024-04-22 12:00 PDT'],
    conference: ['2024-04-17 09:00 PDT'],
    criteria: [
      ['Factor 1: Technical Capability', null],
      ['Factor 2: Past Performance', null],
      ['Factor 3: Price', null],
    ],
    outline: [
      'Completed price schedule',
      'Technical capability statement',
      'Two past performance references on Attachment 3',
      'Completed copy of FAR 52.212-3, unless registered in SAM',
    ],
    limits: [null, '8 pages', null, null],
    contractor: ['The contractor shall provide all personnel'],
    offeror: ['Quotes must be submitted by e-mail', 'Interested parties shall submit'],
    none: ['The Government will award'],
  },
  'funding-notice': {
    due: ['2025-03-14 23:59 Mountain Time'],
    questions: ['2025-02-21'],
    conference: ['2025-01-22 13:00'],
    criteria: [
      ['Need for the Project', 20],
      ['Project Design', 40],
      ['Organizational Capacity', 20],
      ['Sustainability', 10],
      ['Budget', 10],
    ],
    outline: [
      'Cover page (use the form in Appendix A)',
      'Abstract, limited to 300 words',
      'Project Narrative',
      'Budget and Budget Justification (Appendix B)',
      'Letters of commitment from each partner',
      'Logic model',
      'Resumes of key staff',
    ],
    limits: [null, null, '12 pages', '3 pages', null, 'one page', 'two pages'],
    contractor: ['Grantees shall submit quarterly', 'Grantees must retain'],
    offeror: ['Applicants must have an active', 'Describe the impairment', 'How will the benefits'],
    none: ['Budget (10 points)', 'Applications will be scored'],
  },
  'notice-inviting-tender': {
    due: ['2022-11-28 15:00'],
    questions: ['2022-11-11 17:00'],
    conference: ['2022-11-15 11:30'],
    criteria: [
      ['Experience in similar projects', 30],
      ['Technical manpower', 20],
      ['Product demonstration', 30],
      ['Maintenance plan', 20],
      ['Technical bids', 70],
      ['Financial bids', 30],
    ],
    outline: [
      'Demand Draft towards cost of tender document',
      'Covering letter as per Annexure-A',
      "Bidder's profile as per Annexure-B",
      'Documents in support of eligibility',
      'Technical compliance statement as per Annexure-D',
    ],
    contractor: ['The vendor shall supply', 'The successful bidder shall furnish'],
    offeror: ['The bidder should be a company', 'Every page of the bid', 'Cover A shall contain'],
    none: ['SDSC will provide', 'SDSC shall not be responsible'],
  },
  'request-for-tender': {
    due: ['2024-06-04 14:00 AEST'],
    questions: ['2024-05-24 17:00 AEST'],
    conference: ['2024-05-14 10:00'],
    criteria: [
      ['Capability and capacity, including relevant experience', 40],
      ['Methodology', 30],
      ['Work health and safety, and environment', 20],
      ['Indigenous participation', 10],
    ],
    outline: [
      "Tenderer's Details",
      'Capability and Capacity',
      'Methodology',
      'WHS and Environment',
      'Pricing',
      "Tenderer's Declaration",
    ],
    limits: [null, '4 pages', '6 pages', null, null, null],
    contractor: ['The Contractor must slash', 'Traffic control must be'],
    offeror: ['Lodgement: Tenders must be', 'Tenders must be in English', 'Tenderers must complete'],
    none: ['The Department will supply', 'The Department will assess'],
  },
  'research-announcement': {
    due: ['2024-03-01 16:00 Eastern', '2024-04-18 16:00 Eastern'],
    questions: ['2024-04-01'],
    conference: ['2024-02-06'],
    criteria: [
      ['Overall Scientific and Technical Merit', null],
      ['Potential Contribution and Relevance to the Agency Mission', null],
      ['Cost Realism', null],
    ],
    outline: [
      'Technical and Management Proposal',
      'Administrative',
      'Summary of Proposal',
      'Detailed Proposal Information',
      'Cost Proposal',
    ],
    limits: ['25 pages', null, null, null, null],
    contractor: ['Performers will be required'],
    offeror: ['Abstracts shall not exceed', 'Describe innovative claims', 'All proposers must be'],
    none: ['The Agency is soliciting'],
  },
  company: {
    due: ['2024-06-03 17:00 Central'],
    questions: ['2024-05-17'],
    criteria: [
      ['Product fit', 40],
      ['Service', 25],
      ['Price', 25],
      ['Implementation', 10],
    ],
    outline: ['Company', 'Product', 'Service', 'Pricing'],
    contractor: ['The solution must:'],
    offeror: ['Send your response', 'Where are you headquartered', 'Complete all tabs'],
    none: ['Brightwater may decide'],
  },
  'two-part': {
    due: ['2023-11-09 14:30'],
    questions: ['2023-10-18 16:00'],
    criteria: [
      ['Qualifications and Experience', 20],
      ['Approach and Methodology', 35],
      ['Oral Interview', 15],
      ['Cost', 30],
    ],
    outline: [],
    contractor: ['Vendor shall provide telephonic', 'Monthly invoices shall'],
    offeror: ['Vendors shall not contact', 'Vendors must submit', 'Proposals must be delivered to'],
  },
  'best-value': {
    due: ['2024-09-12 15:00 Eastern Time'],
    questions: ['2024-08-09 12:00 Eastern Time'],
    criteria: [
      ['Factor 1: Technical Approach', null],
      ['Subfactor A: Systems Engineering', null],
      ['Subfactor B: Transition', null],
      ['Factor 2: Key Personnel', null],
      ['Factor 3: Past Performance', null],
      ['Factor 4: Small Business Participation', null],
      ['Factor 5: Cost/Price', null],
      ['Facility Clearance', 'gate'],
    ],
    outline: [
      'Executive Summary and Administrative',
      'Technical/Management',
      'Past Performance',
      'Cost/Price',
      'Small Business Participation',
    ],
    limits: ['10 pages', '60 pages', '3 pages per reference', 'None', '15 pages'],
    contractor: [],
    offeror: ["The offeror's proposal shall", 'Page size shall be', 'Resumes are limited'],
    none: ['The Government contemplates', 'The Government may award'],
  },
  housing: {
    due: ['2023-07-19 14:00 CST'],
    questions: ['2023-07-07 17:00'],
    conference: ['2023-06-28 10:00'],
    criteria: [
      ['The PROPOSED COSTS the proposer charges to provide the services', 25],
      ["The proposer's DEMONSTRATED UNDERSTANDING of the requirement", 25],
      ['The APPROPRIATENESS of the technical approach', 20],
      ["The proposer's DEMONSTRATED EXPERIENCE", 20],
      ['The OVERALL QUALITY of the proposal', 10],
    ],
    outline: [
      'Form of Proposal',
      'Form HUD-5369-C, Certifications and Representations of Offerors',
      'Profile of Firm Form',
      'Proposed Services',
      'Managerial Capacity',
      'Client Information',
      'Equal Employment Opportunity Policy',
      'Local Business Preference Documentation (optional)',
    ],
    contractor: ['The contractor shall perform', 'Contractor employees must wear'],
    offeror: ['Each category must be', 'One (1) original signature copy', 'Proposers shall not fold'],
    none: ['Profile of Firm Form.', 'The Agency reserves'],
  },
  'terms-of-reference': {
    due: ['2025-01-31 23:59 CET'],
    questions: ['2025-01-20'],
    criteria: [
      ['Methodology', 40],
      ['Experience of the team', 30],
      ['Price', 30],
    ],
    outline: [
      'Technical offer describing the methodology and work plan',
      'Financial offer in euros, using the template in Annex 2',
      'CVs of all team members',
      'Two examples of similar evaluations',
      'Signed declaration on honour (Annex 3)',
    ],
    limits: ['8 pages', null, '3 pages', null, null],
    contractor: ['The consultant will carry out', 'an inception report'],
    offeror: ['Interested consultants are invited', 'CVs of all team members', 'Offers must be valid'],
    none: ['The Agency runs'],
  },
  'order-letter': {
    due: ['2024-06-07 11:00 ET'],
    questions: ['2024-05-17 17:00 ET'],
    criteria: [
      ['Factor 1: Technical Approach', null],
      ['Factor 2: Oral Presentation', null],
      ['Factor 3: Price', null],
    ],
    outline: ['Written Technical', 'Oral Presentation slides', 'Price'],
    limits: ['12 pages', null, null],
    contractor: ['The contractor shall transition', 'Contractor personnel requiring access'],
    offeror: ['Quotes are due by', 'Address how you will meet', 'Quoters must acknowledge'],
  },
}

const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, 'solicitations', `${name}.md`))
const docOf = async (name: string) => (await convert(bytesOf(name), { name: `${name}.md` })).doc
const told = ({ submission_checklist }: Analysis, kind: string): string[] =>
  submission_checklist.filter((item) => item.kind === kind).map(({ value }) => value)

describe.each(Object.entries(cases))('%s', (name, expected) => {
  const analysis = docOf(name).then((doc) => analyze(doc, { filename: `${name}.md`, sha256: 'x' }))
  const actorOf = async (start: string) =>
    (await analysis).compliance_matrix.find((row) => row.requirement_text.startsWith(start))?.actor

  test('says when', async () => {
    const found = await analysis
    expect(told(found, 'due_date')).toEqual(expected.due)
    expect(told(found, 'qa_deadline')).toEqual(expected.questions)
    expect(told(found, 'conference')).toEqual(expected.conference ?? [])
  })

  test('says what is scored', async () => {
    const { evaluation_criteria } = await analysis
    expect(
      evaluation_criteria.map(({ name, points, percent, gate }) => [
        name,
        gate ? 'gate' : (points ?? percent),
      ]),
    ).toEqual(expected.criteria)
  })

  test('says what to write', async () => {
    const { annotated_outline } = await analysis
    const asked = annotated_outline.filter(({ format_notes }) => !format_notes?.startsWith('Built from'))
    expect(asked.map(({ title }) => title)).toEqual(expected.outline)
    if (expected.limits) expect(asked.map(({ page_limit }) => page_limit)).toEqual(expected.limits)
  })

  test('says who is bound', async () => {
    for (const start of expected.contractor)
      expect([start, await actorOf(start)]).toEqual([start, 'contractor'])
    for (const start of expected.offeror) expect([start, await actorOf(start)]).toEqual([start, 'offeror'])
    for (const start of expected.none ?? []) expect([start, await actorOf(start)]).toEqual([start, undefined])
  })

  test('fits the contract, counts every sentence once and quotes the source', async () => {
    const found = await analysis
    expect(analysisSchema.parse(found)).toEqual(found)
    const counts = Object.values(found.coverage.by_disposition)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(found.coverage.sentences)
    const { has } = groundOf(await docOf(name))
    for (const { requirement_text } of found.compliance_matrix) expect(has(requirement_text)).toBe(true)
  })
})
