import { borderless, bullets, down, h2, h3, item, items, p, ruled, section } from '../model.ts'

/** Sections C to H. */
export const work = [
  section('C', 'Description and Statement of Work'),
  h2('Background'),
  p(
    'The Harbor Sensor Network measures water level, current, wind, visibility and under-keel clearance in eleven commercial harbors between Port Ellery and Cape Marrow. Pilots, port authorities and the public use its data to move about 41,000 vessels a year. The network was built in stages between 2009 and 2023 and has 62 stations of four types, listed in Attachment J-1.',
  ),
  p(
    'In the last two years the network met its availability goal in only 17 of 24 months. Most outages came from power failures at unattended stations and from slow detection of drifting sensors. Reducing both is the purpose of this acquisition.',
  ),
  h2('Scope'),
  p(
    'The Contractor shall operate the HSN, maintain its stations, manage and disseminate its data, protect its systems, and report on its performance. Construction of new stations is outside the scope of this contract.',
  ),
  h2('Tasks'),
  h3('Network Operations'),
  items(
    'The Contractor shall monitor every station 24 hours a day, 365 days a year, from a staffed operations center located in the United States.',
    item(
      'The Contractor shall detect and classify each station fault as follows:',
      'a **critical** fault, in which a station delivers no data or unsafe data, within 10 minutes of its onset;',
      'a **major** fault, in which one sensor of a station fails, within 60 minutes; and',
      'a **minor** fault, in which data are delayed but correct, within 24 hours.',
    ),
    "The Contractor must notify the affected harbor pilots' association by telephone and electronic mail within 15 minutes after classifying a critical fault.",
    "Operators may suspend a station's public data feed without prior approval when its readings could endanger navigation.",
  ),
  h3('Preventive Maintenance'),
  items(
    'The Contractor shall visit each station at least twice in every contract year, with no fewer than 120 days between visits.',
    item(
      'At each visit the Contractor shall:',
      'clean and inspect all sensors, cables, mounts and enclosures;',
      item(
        'verify calibration against a reference instrument:',
        'water level to within 6 millimeters;',
        'wind speed to within 0.5 meters per second; and',
        'current speed to within 2 centimeters per second;',
      ),
      'replace batteries older than 30 months; and',
      'record the visit in the maintenance log with at least four photographs.',
    ),
    'The Contractor shall submit the annual maintenance schedule for COR approval at least 30 days before the start of each contract year.',
  ),
  h3('Corrective Maintenance'),
  p(
    'The Contractor shall begin corrective work on site within 24 hours of a critical fault and within 5 business days of a major fault, weather permitting. If weather or sea state prevents access, the Contractor shall notify the COR and state the next suitable window. A station shall not remain out of service for more than 14 consecutive days without the written consent of the Contracting Officer.',
  ),
  h3('Data Management and Dissemination'),
  items(
    'The Contractor shall apply the automated quality checks in Attachment J-2 to every observation before dissemination.',
    'Quality-controlled observations must be available through the public data service within 6 minutes of measurement.',
    'The Contractor shall retain raw and quality-controlled observations for the life of the contract and deliver a complete copy at its end.',
    'The Contractor should offer a subscription service that sends threshold alerts to mariners; if offered, it must be free to the public.',
  ),
  h3('Cybersecurity'),
  p(
    "The Contractor shall protect HSN systems in accordance with NIST SP 800-171 and shall report any suspected compromise to the Agency's Security Operations Desk within 72 hours of discovery. Multi-factor authentication is required for all remote access. Default passwords shall be changed before any device is connected to the network.",
  ),
  h3('Transition-In'),
  p(
    'The Contractor shall complete transition from the incumbent within 60 calendar days of award, without a planned interruption of any data feed longer than 30 minutes. The Contractor shall deliver a final Transition-In Plan within 10 calendar days of award.',
  ),
  h2('Performance Standards'),
  p(
    'Performance is measured monthly against the standards below. The Government will reduce the invoice for the month by the percentage shown when a standard is not met.',
  ),
  ruled(
    [18, 32, 18, 20, 12],
    [['Area', 'Measure', 'Standard', 'Method of surveillance', 'Reduction']],
    [
      [
        down('Availability', 2),
        'Share of scheduled observations delivered to the public data service, all stations',
        '98.5 percent or more',
        'Automated report from the data service',
        '3 percent',
      ],
      [
        'The same, for any single station designated as safety-critical in Attachment J-1',
        '99.5 percent or more',
        'Automated report from the data service',
        '2 percent',
      ],
      [
        down('Responsiveness', 2),
        'Critical faults with work begun on site within 24 hours',
        '95 percent or more',
        'Ticket records, 100 percent inspection',
        '2 percent',
      ],
      [
        "Pilots' associations notified within 15 minutes",
        '98 percent or more',
        'Telephone log, random sample of 20',
        '1 percent',
      ],
      [
        'Accuracy',
        'Sensors within the tolerances of C.3.2 when verified',
        '97 percent or more',
        'Review of calibration records',
        '2 percent',
      ],
      [
        'Reporting',
        'Deliverables of F.3 accepted on first submission',
        '90 percent or more',
        'COR review',
        'None',
      ],
    ],
  ),
  h2('Government-Furnished Property'),
  p(
    'The Government will furnish the stations, the radio licenses, and one 28-foot workboat on trailer. The Contractor shall inventory Government-furnished property within 30 days of award and annually thereafter, and shall report loss or damage within 24 hours.',
  ),
  h2('Personnel'),
  p(
    'The following positions are key personnel. Each shall meet the minimum qualifications on the date the proposal is submitted.',
  ),
  ruled(
    [24, 40, 36],
    [['Position', 'Minimum education and experience', 'Certification']],
    [
      [
        'Program Manager',
        "Bachelor's degree and 8 years managing field service contracts of at least $2 million a year",
        'Project Management Professional or equivalent',
      ],
      [
        'Network Operations Lead',
        '6 years in 24-hour monitoring of distributed sensor or telecommunication networks',
        'None',
      ],
      [
        'Lead Field Technician',
        '5 years maintaining marine or coastal instruments; 2 years as a lead',
        "Small-vessel master's license, 25 tons or more",
      ],
      [
        'Data Quality Scientist',
        "Master's degree in oceanography, hydrography or a related field and 4 years in real-time quality control",
        'None',
      ],
    ],
  ),
  section('D', 'Packaging and Marking'),
  p(
    'All deliverables shall be marked with the contract number, the CLIN and the date of delivery. Sensors returned for repair shall be packed to prevent damage in transit.',
  ),
  section('E', 'Inspection and Acceptance'),
  p(
    'The COR will inspect services and deliverables within 15 business days of receipt. The Contractor shall correct rejected deliverables at no additional cost within 10 business days of notice.',
  ),
  section('F', 'Deliveries or Performance'),
  h2('Period of Performance'),
  p(
    'The base period begins on the date of award and continues for 12 months. The Government may extend the term by written notice at least 30 days before the contract expires.',
  ),
  h2('Place of Performance'),
  p(
    "Services shall be performed at the Contractor's operations center and at the stations listed in Attachment J-1.",
  ),
  h2('Deliverables'),
  borderless(
    [10, 38, 28, 24],
    [['Item', 'Deliverable', 'Due', 'Format']],
    [
      ['F-01', 'Transition-In Plan (C.3.6)', '10 days after award', 'PDF'],
      ['F-02', 'Annual maintenance schedule (C.3.2)', '30 days before each contract year', 'XLSX'],
      [
        'F-03',
        'Monthly performance report, including the measures of C.4 and an explanation of every missed standard',
        'Fifth business day of the month',
        'PDF and CSV',
      ],
      ['F-04', 'Calibration records', 'Within 7 days of each visit', 'CSV'],
      ['F-05', 'Security incident report (C.3.5)', '72 hours after discovery', 'PDF'],
      ['F-06', 'Complete data archive and documentation', '30 days before contract end', 'NetCDF'],
    ],
  ),
  section('G', 'Contract Administration Data'),
  p(
    'The Contractor shall submit one invoice a month, after acceptance of the monthly performance report, to invoices@nhwa.example. Each invoice must identify the contract number, the CLIN and the period of service.',
  ),
  section('H', 'Special Contract Requirements'),
  h2('Substitution of Key Personnel'),
  p(
    'The Contractor shall not replace key personnel during the first 180 days of performance except for illness, death or termination of employment. Proposed substitutes must have qualifications equal to or better than those of the person replaced.',
  ),
  h2('Safety on the Water'),
  items(
    'No employee shall work alone over or on the water.',
    'Every person aboard a vessel shall wear a Coast Guard approved personal flotation device and an automatic locator beacon.',
    'The Contractor shall stop work when sustained wind exceeds 25 knots or lightning is observed within 10 miles.',
  ),
  h2('Organizational Conflicts of Interest'),
  p(
    'An Offeror that manufactures sensors used in the HSN shall submit a mitigation plan with its proposal. The Contractor shall disclose any conflict that arises during performance within 5 business days.',
  ),
  h2('Rights in Data'),
  p(
    'The Government shall have unlimited rights in all observations and derived products. The following shall not be marked proprietary:',
  ),
  bullets(
    'observations, raw or quality-controlled;',
    'station metadata and calibration records; and',
    'the documentation of quality checks.',
  ),
]
