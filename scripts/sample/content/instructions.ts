import { across, bullets, h2, h3, item, items, newPage, p, ruled, section } from '../model.ts'

/** Sections L and M. */
export const instructions = [
  newPage,
  section('L', 'Instructions, Conditions and Notices to Offerors'),
  h2('General'),
  p(
    "The Offeror shall prepare its proposal in accordance with this Section. Proposals that do not comply may be eliminated from the competition without discussions. The Government intends to evaluate proposals and award without discussions; therefore the initial offer should contain the Offeror's best terms.",
  ),
  h2('Questions'),
  p(
    'Questions must be submitted in writing to acquisition@nhwa.example no later than **4:00 p.m. Eastern Time on February 12, 2027**. Each question shall cite the section and page to which it refers. Questions received after the deadline may not be answered. Answers will be published to all Offerors as an amendment.',
  ),
  h2('Conference and Site Visit'),
  p(
    'A virtual pre-proposal conference will be held on January 28, 2027, at 1:00 p.m. Eastern Time. Offerors are encouraged to attend the site visit on February 3, 2027, at 10:00 a.m. Attendance is limited to three persons per Offeror, who must register by e-mail at least 48 hours in advance and return Attachment J-6 before boarding a vessel.',
  ),
  h2('Submission of Proposals'),
  h3('Time and Method'),
  items(
    'Proposals shall be received by the Agency no later than **2:00 p.m. Eastern Time on March 12, 2027**.',
    "Proposals shall be submitted electronically through the Agency's portal at https://offers.nhwa.example. Proposals sent by electronic mail, facsimile or courier will not be considered.",
    'The Offeror should allow at least two hours for upload; the portal records the time at which the last file is completely received.',
    'A proposal received after the exact time specified is late and will not be considered except as provided in FAR 52.212-1(f).',
  ),
  h3('Format'),
  items(
    'Text shall be in a proportional font of 11 points or larger; text in tables and figures shall be 9 points or larger.',
    'Pages shall be 8.5 by 11 inches with margins of at least 1 inch on all sides. Headers and footers may stand within the margins.',
    item(
      'Files shall be searchable PDF, except the price workbook, which shall be XLSX with its formulas intact.',
      'A file shall not exceed 25 megabytes.',
      'Files shall not be encrypted or protected by a password.',
    ),
    'Each file shall be named *Offeror_Volume_Number*, for example Acme_II_0014.pdf.',
    'Pages in excess of a limit will be removed from the back of the volume and will not be evaluated. Cover pages, tables of contents and resumes are not counted.',
  ),
  h2('Proposal Volumes'),
  p('The proposal shall consist of the following volumes, each in a separate file, in this order:'),
  ruled(
    [12, 30, 40, 18],
    [['Volume', 'Title', 'Contents', 'Page limit']],
    [
      [
        'I',
        'Offer and Administrative Documents',
        'Completed Section A, Section K, Attachment J-6, acknowledgement of amendments, conflict mitigation plan if required by H.3',
        'None',
      ],
      [
        'II',
        'Technical and Management',
        'Technical approach, transition, staffing, quality control, Attachment J-5',
        '30 pages',
      ],
      ['III', 'Past Performance', 'Up to five references, Attachment J-4 sent by each reference', '10 pages'],
      ['IV', 'Price', 'Attachment J-3 and a narrative of the basis of estimate', '8 pages for the narrative'],
    ],
  ),
  h2('Volume I, Offer and Administrative Documents'),
  p(
    'The Offeror shall complete blocks 11 through 17 of Section A. The person who signs the offer must have authority to bind the Offeror. Complete and return the following forms:',
  ),
  items(
    'Section A, Solicitation, Offer and Award, signed;',
    'Section K, Representations and Certifications;',
    'Attachment J-6, Vessel and Dock Safety Acknowledgement, signed by the Program Manager; and',
    'a mitigation plan, if H.3 applies.',
  ),
  h2('Volume II, Technical and Management'),
  p('Volume II shall not exceed 25 pages and shall address the following topics in the order given.'),
  h3('Technical Approach'),
  items(
    'Describe how the Offeror will detect each class of fault within the times stated in C.3.1, including the method for recognizing a drifting sensor.',
    'Describe the preventive maintenance program and show that two visits to every station in a year can be made with the proposed crews and vessels.',
    'Explain how power failures at unattended stations will be reduced. Identify any equipment that the Offeror would add at its own cost.',
    'Provide the architecture of the data service and the measures that keep dissemination within 6 minutes.',
  ),
  h3('Management and Staffing'),
  items(
    'Provide an organization chart and identify the key personnel of C.6.',
    'Submit a resume of no more than two pages for each of the key personnel, using Attachment J-5.',
    'Include a letter of commitment for any person who is not a current employee.',
    'What will the Offeror do to retain experienced field technicians over five years?',
  ),
  h3('Transition and Quality Control'),
  p(
    'The Offeror shall submit a draft Transition-In Plan with a schedule by week and a Quality Control Plan in accordance with Attachment J-7. The plans count toward the page limit.',
  ),
  h2('Volume III, Past Performance'),
  items(
    'Provide at least three and no more than five contracts performed within the last five years that are similar in size, scope and complexity.',
    'For each contract, state the customer, contract number, dollar value, period of performance, and the name, telephone number and e-mail address of a reference.',
    'The Offeror shall send Attachment J-4 to each reference. Completed questionnaires must reach the Contracting Officer, directly from the reference, by March 5, 2027.',
    'Describe any contract terminated for default within the last five years.',
  ),
  h2('Volume IV, Price'),
  items(
    'The Offeror shall complete every cell of Attachment J-3 that is shaded yellow.',
    'Prices shall remain firm for 120 calendar days after the closing date.',
    'The narrative shall explain the labor categories, hours, rates, escalation and vessel costs on which the prices are based.',
    'Price information shall not appear in any other volume.',
  ),
  newPage,
  section('M', 'Evaluation Factors for Award'),
  h2('Basis for Award'),
  p(
    'Award will be made to the responsible Offeror whose proposal conforms to the solicitation and represents the best value, price and other factors considered. The non-price factors, when combined, are significantly more important than price. The Government may award to other than the lowest-priced Offeror.',
  ),
  h2('Compliance Review'),
  p(
    'Each proposal will first be reviewed, on a pass or fail basis, for the following. A proposal that fails any of them will not be evaluated further.',
  ),
  items(
    'The proposal was received on time and includes all four volumes.',
    'The Offeror is a small business under the stated NAICS code.',
    'The Lead Field Technician holds the license required by C.6.',
  ),
  h2('Factors and Points'),
  p('Proposals that pass the compliance review will be scored as follows.'),
  ruled(
    [14, 62, 24],
    [['Factor', 'Title', 'Maximum points']],
    [
      ['**1**', '**Technical Approach**', '**400**'],
      ['1.1', 'Fault detection and network operations', '160'],
      ['1.2', 'Preventive and corrective maintenance', '140'],
      ['1.3', 'Data management and cybersecurity', '100'],
      ['**2**', '**Management and Staffing**', '**200**'],
      ['2.1', 'Key personnel', '120'],
      ['2.2', 'Transition and quality control', '80'],
      ['**3**', '**Past Performance**', '**150**'],
      ['**4**', '**Price**', '**250**'],
      [across('**Total**', 2), '**1,000**'],
    ],
  ),
  h2('Evaluation of Each Factor'),
  h3('Factor 1, Technical Approach'),
  p(
    'The Government will evaluate the extent to which the approach is sound, complete and likely to meet the standards of C.4. Subfactor 1.1 is more important than subfactor 1.2, which is more important than subfactor 1.3. Strengths may be assigned for approaches that reduce outages caused by power failure.',
  ),
  h3('Factor 2, Management and Staffing'),
  p(
    'The Government will evaluate the qualifications and availability of key personnel and the realism of the transition schedule.',
  ),
  h3('Factor 3, Past Performance'),
  p(
    'The Government will evaluate the recency, relevance and quality of past performance. An Offeror without a record of relevant past performance will receive half of the points of this factor.',
  ),
  h3('Factor 4, Price'),
  p(
    'The lowest total evaluated price will receive 250 points. Every other price receives points in proportion: 250 multiplied by the lowest price and divided by the price evaluated. Options will be evaluated by adding their total price to that of the base period. Unbalanced prices may be rejected.',
  ),
  h2('Ratings'),
  p(
    'Evaluators will assign one of the following ratings to each non-price subfactor and the share of its points that the rating earns.',
  ),
  ruled(
    [20, 62, 18],
    [['Rating', 'Definition', 'Share']],
    [
      [
        'Outstanding',
        'Exceptional approach and understanding; strengths far outweigh any weakness; risk of failure is very low',
        '100 percent',
      ],
      [
        'Good',
        'Thorough approach and understanding; strengths outweigh weaknesses; risk is low',
        '80 percent',
      ],
      [
        'Acceptable',
        'Adequate approach and understanding; strengths and weaknesses are offset; risk is no worse than moderate',
        '60 percent',
      ],
      ['Marginal', 'Approach has not demonstrated an adequate understanding; risk is high', '30 percent'],
      ['Unacceptable', 'Requirements are not met; the proposal cannot be awarded', 'None'],
    ],
  ),
  h2('Oral Presentations'),
  p(
    'The Government may invite the highest-rated Offerors to a presentation of 60 minutes during the week of April 12, 2027. Presentations are not scored separately but may change the ratings of Factors 1 and 2. If invited:',
  ),
  bullets(
    'the Program Manager and the Network Operations Lead must attend in person;',
    'slides shall be submitted 24 hours in advance and are limited to 20; and',
    'price shall not be discussed.',
  ),
]
