import { attachment, borderless, items, newPage, p, ruled, scan, title } from '../model.ts'

/** Attachments J-1 to J-6; the last page exists only as the picture of a signed sheet of paper. */
export const attachments = [
  newPage,
  attachment('ATTACHMENT J-1', 'Station Inventory (Extract)'),
  p(
    'Safety-critical stations are marked SC. Positions are approximate. The full inventory of 62 stations is available from the Contracting Officer.',
  ),
  borderless(
    [12, 30, 20, 22, 16],
    [['Station', 'Location', 'Type', 'Sensors', 'Power']],
    [
      [
        'PE-01 SC',
        'Port Ellery, Pilot Boarding Area, seaward buoy',
        'Moored buoy',
        'Wind, current, wave',
        'Solar',
      ],
      ['PE-02 SC', 'Port Ellery, Fish Pier', 'Tide house', 'Water level, wind', 'Mains'],
      ['PE-03', 'Port Ellery, Container Berth 4', 'Pile mount', 'Current, clearance', 'Mains'],
      ['HB-01', 'Halden Bay, entrance channel, green side', 'Moored buoy', 'Current, visibility', 'Solar'],
      ['HB-02 SC', 'Halden Bay, Old Lighthouse', 'Tower', 'Wind, visibility', 'Solar and battery'],
      ['ST-01', 'Stannard Harbor, Ferry Landing', 'Tide house', 'Water level', 'Mains'],
      [
        'ST-02',
        'Stannard Harbor, Turning Basin, northern dolphin',
        'Pile mount',
        'Current, clearance',
        'Solar',
      ],
      ['CM-01 SC', 'Cape Marrow, Breakwater Head', 'Tower', 'Wind, visibility, wave', 'Solar and battery'],
      ['CM-02', 'Cape Marrow, Coal Dock', 'Tide house', 'Water level, wind', 'Mains'],
    ],
  ),
  attachment('ATTACHMENT J-2', 'Automated Quality Checks'),
  ruled(
    [20, 50, 30],
    [['Check', 'Rule', 'Action when failed']],
    [
      ['Range', 'The value lies between the limits set for the sensor', 'Do not disseminate'],
      [
        'Rate of change',
        'The change from the last value is smaller than the limit for the sensor',
        'Flag as suspect',
      ],
      [
        'Flat line',
        'The value has changed within the last 30 minutes',
        'Flag as suspect; open a major fault',
      ],
      [
        'Neighbor',
        'The value agrees with the nearest station of the same type within the tolerance set for the pair',
        'Flag as suspect; human review within 60 minutes',
      ],
    ],
  ),
  attachment('ATTACHMENT J-4', 'Past Performance Questionnaire'),
  p(
    'To be completed by the reference and sent directly to acquisition@nhwa.example by March 5, 2027. Rate each element as Outstanding, Good, Acceptable, Marginal or Unacceptable.',
  ),
  ruled(
    [8, 62, 30],
    [['No.', 'Element', 'Rating']],
    [
      ['1', 'Quality of service and conformance to the requirements', ''],
      ['2', 'Timeliness, including response to faults', ''],
      ['3', 'Management of key personnel and subcontractors', ''],
      ['4', 'Control of cost, and accuracy of invoices', ''],
      ['5', 'Would you award to this contractor again?', '[ ] Yes   [ ] No'],
    ],
  ),
  attachment('ATTACHMENT J-5', 'Staffing and Key Personnel Form'),
  p('Complete one form for each of the key personnel. Attach a resume of no more than two pages.'),
  ruled(
    [30, 70],
    [],
    [
      ['Name', ''],
      ['Proposed position', ''],
      ['Years of relevant experience', ''],
      ['Current employee of the Offeror', '[ ] Yes   [ ] No, letter of commitment attached'],
      ['Licenses and certifications, with number and date of expiry', ''],
    ],
  ),
  scan(
    title('ATTACHMENT J-6', 'VESSEL AND DOCK SAFETY ACKNOWLEDGEMENT'),
    p('Solicitation NHWA-27-R-0014'),
    p(
      'This form must be signed by the proposed Program Manager and returned in Volume I. A copy shall be kept aboard every vessel used under the contract.',
    ),
    p('The undersigned has read Section H.2 and agrees that:'),
    items(
      'all persons who board a vessel shall receive a safety briefing beforehand;',
      'the dock master shall be informed before every departure and after every return;',
      'each vessel shall carry a working radio, flares and a first aid kit; and',
      'any injury shall be reported to the Agency within 8 hours.',
    ),
    p('Operations Dock hours are 6:00 a.m. to 8:00 p.m. Visitors must wear closed shoes.'),
    p('**Signature**'),
    p('Name: ______________________________    Title: ______________________'),
    p('Signature: __________________________    Date: ______________________'),
    p('Received by the Dock Master, Port Ellery. Form HSN-6, revised November 2026.'),
  ),
]
