import {
  across,
  borderless,
  bullets,
  contents,
  down,
  h2,
  items,
  newPage,
  p,
  ruled,
  section,
  title,
} from '../model.ts'

/** Cover, contents, Sections A and B. */
export const front = [
  title(
    'National Harbor and Waterways Administration',
    'Request for Proposal NHWA-27-R-0014',
    'Harbor Sensor Network Operations and Data Services',
  ),
  section('A', 'Solicitation, Offer and Award'),
  ruled(
    [27, 33, 40],
    [],
    [
      [
        '**1. Solicitation number** NHWA-27-R-0014',
        '**2. Type of solicitation** Negotiated (RFP)',
        '**3. Date issued** January 19, 2027',
      ],
      [
        '**4. Issued by** Office of Acquisition, 400 Beacon Street, Suite 210, Port Ellery, ME 04999',
        '**5. For information call** Marisol Okafor, Contracting Officer, 207-555-0142',
        '**6. Electronic mail** acquisition@nhwa.example (no collect calls)',
      ],
      [
        across(
          '**7. Offers due** Offers for the services in Section B will be received until **2:00 p.m. Eastern Time on March 12, 2027**, by the method stated in L.4.1.',
          3,
        ),
      ],
      [
        '**8. Acquisition is** Total small business set-aside',
        '**9. NAICS and size standard** 541990, $19.5 million',
        '**10. Contract type** Firm-fixed-price, with cost-reimbursable travel (CLIN X004)',
      ],
      [
        across(
          '**11. Offer validity** The Offeror agrees to hold its prices firm for 120 calendar days from the date in block 7.',
          3,
        ),
      ],
      [
        '**12. Offeror** (name and address)',
        '**13. UEI and CAGE code**',
        '**14. Amendments acknowledged** (number and date)',
      ],
      ['**15. Name and title of signer**', '**16. Signature**', '**17. Offer date**'],
    ],
  ),
  p(
    'This solicitation is conducted as a competitive negotiated procurement. The National Harbor and Waterways Administration (NHWA, "the Agency") intends to award one contract to the responsible Offeror whose proposal represents the best value to the Government.',
  ),
  h2('Notice to Offerors'),
  p(
    'Read the whole solicitation before preparing an offer. Section L states how a proposal must be prepared and submitted; Section M states how it will be evaluated. Where an instruction in Section L and a statement elsewhere disagree, the Offeror shall raise the matter as a question before the deadline in L.2.',
  ),
  h2('Schedule of the Procurement'),
  borderless(
    [46, 54],
    [['Event', 'Date and time (Eastern Time)']],
    [
      ['Solicitation issued', 'January 19, 2027'],
      ['Virtual pre-proposal conference', 'January 28, 2027, 1:00 p.m.'],
      ['Site visit, Port Ellery Operations Dock', 'February 3, 2027, 10:00 a.m.'],
      ['Questions due', 'February 12, 2027, 4:00 p.m.'],
      ['Answers published as an amendment', 'On or about February 22, 2027'],
      ['Proposals due', 'March 12, 2027, 2:00 p.m.'],
      ['Oral presentations, if requested', 'Week of April 12, 2027'],
      ['Anticipated award', 'June 2027'],
    ],
  ),
  newPage,
  contents,
  section('B', 'Supplies or Services and Prices'),
  h2('General'),
  p(
    'The Contractor shall provide all personnel, equipment, vessels, software and materials necessary to operate and maintain the Harbor Sensor Network (HSN) and to deliver its data in accordance with Section C. The contract consists of one twelve-month base period and four twelve-month option periods.',
  ),
  h2('Price Schedule'),
  p(
    'The Offeror shall enter a price for every contract line item number (CLIN) in every period. A line left blank will be treated as offered at no charge. The first character of each CLIN is the period: 0 for the base period and 1 to 4 for the option periods.',
  ),
  ruled(
    [10, 34, 12, 22, 22],
    [
      [down('CLIN', 2), down('Description', 2), down('Unit', 2), across('Price per period (US dollars)', 2)],
      ['Base period', 'Each option period'],
    ],
    [
      [
        'X001',
        'Network operations and monitoring, 24 hours a day (C.3.1)',
        'Month',
        '$ __________',
        '$ __________',
      ],
      [
        'X002',
        'Preventive maintenance of 62 stations, as scheduled in C.3.2',
        'Month',
        '$ __________',
        '$ __________',
      ],
      ['X003', 'Data management and dissemination (C.3.4)', 'Month', '$ __________', '$ __________'],
      ['X004', 'Travel, cost-reimbursable, not to exceed', 'Lot', '$ 48,000', '$ 50,000'],
      [
        'X005',
        'Corrective maintenance call-out beyond the included 40 calls a year',
        'Call',
        '$ __________',
        '$ __________',
      ],
      ['X006', 'Transition-in, base period only (C.3.6)', 'Lot', '$ __________', 'Not priced'],
      [across('Total evaluated price, all periods', 3), across('$ ____________________', 2)],
    ],
  ),
  h2('Travel'),
  p(
    "Travel under CLIN X004 requires the written approval of the Contracting Officer's Representative (COR) before it begins. Travel within 50 miles of the Port Ellery Operations Dock is not reimbursable.",
  ),
  h2('Minimum and Maximum'),
  items(
    'The guaranteed minimum is the total of CLINs 0001, 0002 and 0003 for three months.',
    'The Government may order up to 25 additional stations during the life of the contract at the unit prices in this Section.',
  ),
  p('The following are not separately priced and shall be included in the CLINs above:'),
  bullets(
    'spare parts with a unit cost below $2,500;',
    'vessel fuel, dockage and insurance; and',
    'software licenses needed by the Contractor.',
  ),
]
