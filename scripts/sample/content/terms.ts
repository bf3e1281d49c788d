import { columns, h2, newPage, p, ruled, section } from '../model.ts'

/** Section I on its two-column page, Sections J and K. */
export const terms = [
  newPage,
  columns(
    section('I', 'Contract Clauses'),
    h2('Clauses Incorporated by Reference'),
    p(
      'This contract incorporates one or more clauses by reference, with the same force and effect as if they were given in full text. Upon request, the Contracting Officer will make their full text available.',
    ),
    p('52.202-1 Definitions (JUN 2020)'),
    p('52.203-17 Contractor Employee Whistleblower Rights (NOV 2023)'),
    p('52.204-13 System for Award Management Maintenance (OCT 2018)'),
    p('52.212-4 Contract Terms and Conditions, Commercial Products and Commercial Services (NOV 2023)'),
    p('52.219-6 Notice of Total Small Business Set-Aside (NOV 2020)'),
    p('52.222-41 Service Contract Labor Standards (AUG 2018)'),
    p('52.232-40 Providing Accelerated Payments to Small Business Subcontractors (MAR 2023)'),
    p('52.245-1 Government Property (SEP 2021)'),
    h2('Option to Extend the Term of the Contract'),
    p(
      'The Government may extend the term of this contract by written notice to the Contractor within 30 days before it expires, provided that the Government gives the Contractor a preliminary written notice of its intent to extend at least 60 days before the contract expires. The preliminary notice does not commit the Government to an extension. The total duration of this contract, including the exercise of any options, shall not exceed 60 months.',
    ),
    h2('Limitations on Subcontracting'),
    p(
      'The Contractor shall not pay more than 50 percent of the amount paid by the Government for contract performance to subcontractors that are not similarly situated entities. The Contractor shall demonstrate compliance with this clause with each annual report.',
    ),
    h2('Insurance'),
    p(
      "The Contractor shall maintain, during the entire period of performance, workers' compensation insurance that covers work over navigable waters, general liability insurance of at least $1,000,000 per occurrence, and vessel liability insurance of at least $2,000,000. Before work begins, the Contractor shall furnish certificates of insurance to the Contracting Officer. Each policy shall provide that no cancellation is effective until 30 days after written notice to the Agency.",
    ),
    h2('Stop-Work for Marine Events'),
    p(
      'The Contracting Officer may direct the Contractor to suspend field work during regattas, dredging or military exercises. A suspension of up to 10 days in a contract year does not entitle the Contractor to an adjustment of price.',
    ),
    h2('Continuity of Services'),
    p(
      'The Contractor recognizes that the services under this contract are vital to safe navigation and must be continued without interruption. Upon expiration, the Contractor shall, on written notice, furnish phase-out services for up to 90 days and shall negotiate in good faith a plan with the successor.',
    ),
    h2('Notices and Public Statements'),
    p(
      "The Contractor shall not refer to this award in commercial advertising in a manner that states or implies that the Government endorses its products. Requests from the press shall be referred to the Agency's Office of Public Affairs.",
    ),
  ),
  newPage,
  section('J', 'List of Attachments'),
  ruled(
    [12, 60, 28],
    [['Number', 'Title', 'Return with proposal']],
    [
      ['J-1', 'Station inventory (extract)', 'No'],
      ['J-2', 'Automated quality checks', 'No'],
      ['J-3', 'Price workbook (XLSX, provided separately)', 'Yes, Volume IV'],
      ['J-4', 'Past performance questionnaire', 'Sent by the reference'],
      ['J-5', 'Staffing and key personnel form', 'Yes, Volume II'],
      ['J-6', 'Vessel and dock safety acknowledgement', 'Yes, signed, Volume I'],
    ],
  ),
  section('K', 'Representations and Certifications'),
  h2('Annual Representations'),
  p(
    'The Offeror shall complete the annual representations and certifications in the System for Award Management before submitting an offer. By signing its offer, the Offeror certifies that they are current, accurate and complete.',
  ),
  h2('Certification of Independent Price Determination'),
  p(
    'The Offeror certifies that the prices in this offer have been arrived at independently, without consultation, communication or agreement with any other offeror or competitor for the purpose of restricting competition.',
  ),
  h2('Place of the Operations Center'),
  p(
    'The Offeror shall state the street address of its proposed operations center: ______________________________',
  ),
]
