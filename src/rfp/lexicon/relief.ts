/** Phrases with a binding word that bind nobody who bids. */

type Relief = {
  /** Matched from the binding word on, or anywhere in the sentence. */
  readonly where: 'rest' | 'sentence'
  readonly pattern: RegExp
  readonly why: string
}

const table: readonly Relief[] = [
  {
    where: 'rest',
    pattern:
      /^\S+ not (?:be (?:required|responsible|liable|obligated|obliged|expected|asked)\b|need to\b|have to\b)/i,
    why: 'relieves of a duty: "will not be responsible for importing data"',
  },
  {
    where: 'rest',
    pattern: /^\S+ be (?:given|granted|afforded|allowed) (?:some|the|an?|every|any) (?!priority)/i,
    why: 'a benefit: "shall be given some latitude"',
  },
  {
    where: 'rest',
    pattern: /^\S+ be (?:allowed|permitted|entitled|exempt(?:ed)?|excused|reimbursed|compensated)\b/i,
    why: 'a permission or an exemption',
  },
  {
    where: 'rest',
    pattern:
      /^(?:shall|should|will) (?:\w+ly )?receive (?:an? |the |its |their )?(?:[\w-]+ ){0,4}(?:notifications?|notices?|confirmations?|acknowledge?ments?|receipts?|e-?mails?|response|reply|credit|points)\b/i,
    why: 'what the other side sends',
  },
  {
    where: 'rest',
    pattern:
      /^will (?:be |most )?(?:likely|probably|typically|usually|generally|normally|potentially|vary)\b/i,
    why: 'a forecast',
  },
  {
    where: 'rest',
    pattern:
      /^\S+ (?:also |only )?(?:not )?be (?:one|an?|the|the only|another) (?:\w+ )?(?:factor|consideration|criterion|element of the evaluation)\b/i,
    why: 'tells how offers are judged',
  },
  {
    where: 'rest',
    pattern: /^\S+ be used (?:to|in|for) (?:\w+ly )?(?:evaluat|rat|scor|rank|assess|select|determin)/i,
    why: 'tells how offers are judged',
  },
  {
    where: 'rest',
    pattern:
      /^\S+ be (?:considered|used|evaluated|weighed) (?:in|when|while) (?:determining|evaluating|assessing|selecting|the evaluation|computing)\b/i,
    why: 'tells how offers are judged',
  },
  {
    where: 'rest',
    pattern: /^(?:shall|will) be (?:final|conclusive)\b/i,
    why: 'the force of a decision',
  },
  {
    where: 'rest',
    pattern:
      /^will be (?:provided|sent|furnished|distributed|mailed|made available|issued) (?:to (?:all|each|any|every|the) (?:\w+ ){0,3}(?:who|that|which|offerors?|bidders?|proposers?|vendors?|quoters?|applicants?|respondents?|participants|parties)\b|(?:via|by|through) (?:an? )?(?:post\w+|amendments?|addend\w+))/i,
    why: 'what the other side sends',
  },
  {
    where: 'rest',
    pattern:
      /^will be (?:provided|given|afforded|offered|sent|issued) (?:with )?(?:an? |the )?(?:written )?(?:notice|notification|debriefings?|opportunity|copy|feedback|access|answers?|responses?)\b/i,
    why: 'a benefit',
  },
  {
    where: 'sentence',
    pattern:
      /^(?:the |our |its |this )?(?:\w+ ){0,2}(?:goal|purpose|intent|intention|aim)s? (?:of [^.;,]{2,80} )?(?:is|are) to\b(?!.*\b(?:shall|must)\b)/i,
    why: 'tells a purpose',
  },
  {
    where: 'sentence',
    pattern:
      /\b(?:confidence|expectation|doubt|likelihood|risk)\b[^.;]{0,60}\bthat the (?:offeror|quoter|vendor|contractor|bidder|proposer|respondent|applicant)\b[^.]*\b(?:will|understands?)\b/i,
    why: 'the words of a rating: "high confidence that the offeror will perform"',
  },
  {
    where: 'rest',
    pattern: /^\S+ result in (?:an? )?(?:binding|enforceable) (?:contract|agreement|order)\b/i,
    why: 'FAR 52.212-1(g): the effect of award',
  },
  {
    where: 'rest',
    pattern: /^\S+ (?:incur|have|bear|accept|assume) no (?:\w+ )?(?:liability|obligation|responsibility)\b/i,
    why: 'a disclaimer',
  },
  {
    where: 'rest',
    pattern:
      /^\S+ be (?:(?:governed|construed|interpreted|enforced) |subject to the (?:\w+ )?jurisdiction\b)/i,
    why: 'governing law',
  },
  {
    where: 'sentence',
    pattern:
      /\bholiday falls on\b|\bnext (?:working|business|government) day\b[^.]*$|\bfollowing (?:monday|business day|working day)\b/i,
    why: 'computes time',
  },
  {
    where: 'sentence',
    pattern: /\bmay or may not\b/i,
    why: 'says nothing',
  },
  {
    where: 'sentence',
    pattern: /^(?:the )?(?:award|evaluation|selection) (?:decision|process)?\s*will\b/i,
    why: 'tells what the buyer does',
  },
]

/** Whether the words from `at` on, though binding, put no duty on anyone who bids. */
export const relieves = (text: string, at: number): boolean => {
  const rest = text.slice(at)
  return table.some(({ where, pattern }) => pattern.test(where === 'rest' ? rest : text))
}
