/** Who a noun stands for. */
import type { Requirement } from '../findings.ts'

export type Actor = Requirement['actor']

/** Bids or asks to bid. Terms of federal, state, Indian, British, Canadian and multilateral buyers. */
export const offeror =
  /\b(?:offer(?:or|er)s?|bidders?|proposers?|proponents?|respondents?|responders?|applicants?|quoters?|tenderers?|interested (?:parties|firms|vendors|agencies)|prospective (?:contractors?|vendors?|suppliers?)|responsible sources|candidates?|you|BPA holders?|prime (?:offerors?|contractors?)|submitters?)\b/i
/** What is handed in: its duties are the offeror's. */
export const offer =
  /\b(?:proposals?|quot(?:e|ation)s?|bids?|offers?|tenders?|submissions?|submittals?|SOQs?|statements? of qualifications|modifications?|revisions?|applications?|responses?|narratives?|volumes?|communications?|correspondence|enquir(?:y|ies)|r[eé]sum[eé]s?|cover (?:letter|page|sheet)s?|envelopes?|EMD|attachments?|letters? of (?:intent|commitment)|price (?:schedule|submission)|pricing|cost breakdown|cost data|electronic files?|excel files?|pdf files?|pages?|font|oral presentations?|presentations?|inquir(?:y|ies)|questions?|staffing plan|technical approach|past performance (?:questionnaires?|references?)|references?|teaming agreements?|joint venture agreements?|sealed|samples?|price|certifications?|expressions? of interest)\b/i
/** Performs after award. */
export const contractor =
  /\b(?:contractors?|sub-?contractors?|awardees?|grantees?|performers?|sub-?recipients?|suppliers?|vendors?|consultants?|service providers?|providers?|licensees?|lessors?|sellers?|successful (?:offeror|bidder|applicant|proposer|respondent|vendor|tenderer)s?|selected (?:offeror|bidder|applicant|proposer|respondent|vendor|firm|agency)s?|key personnel|(?:contractor|project|program|support) (?:personnel|staff|manager)s?|technicians?|employees|agenc(?:y|ies)|firms?|company|companies|programs?|systems?|software|solution|services?|deliverables?|equipment|work|invoices?|reports?|documentation|plan)\b/i
/** Buys, whatever its name in this document. */
export const buyer =
  /\b(?:government|contracting officers?|contract specialists?|procurement officers?|procuring|contracting activity|evaluation (?:team|committee|panel|board)|evaluators?|reviewers?|selection (?:committee|authority|official)|source selection authority|SSA|SSEB|COR|COTR|TPOC|PCO|ACO|purchasing (?:agent|department|division)|(?:contracting|project|technical|purchasing) authority|procuring entity|the (?:state|city|county|district|department|court|town|university|authority|commission|board|bank|owner|employer|client|purchaser|buyer|customer|tribe|trust|trustees|council|ministry|port|corporation|committee)|we|DCAA|DCMA|DFAS)\b/i

/** Speaks of handing in an offer. */
export const offering =
  /\b(?:proposals?|quot(?:e|ation|e[sd]|ing)s?|bids?|bidding|offers?|tenders?|submi(?:t|ts|ssion|ssions|tted|tting)|envelopes?|RFP|RFQ|SOQs?|statements? of qualifications|solicitation|proposed|pricing|prices?|cover (?:letter|page|sheet)|narratives?|resumes?|describe|demonstrate|explain|award)\b/i
/** Speaks of carrying out the contract. */
export const performing =
  /\b(?:perform(?:ance|ing|ed|s)?|execut(?:e|ion|ing)|agreement|deliver(?:y|ies|able|ables|ed|ing|s)?|assignment|services?|invoices?|task order|purchase order|after award|work order|contract period|during the contract|subcontract(?:s|ing)?|employees|installation|warrant(?:y|ies)|maintenance|liquidated|guarantee|intellectual property)\b/i
/** Neither party: the contract, its clauses and options, the evaluation itself. What it "shall" do binds nobody. */
export const instrument =
  /\b(?:options?|option (?:provision|clause)|contracts?|period|terms?|duration|provisions?|clauses?|task orders?|purchase orders?|orders?|award|awards|decisions?|evaluations?|assessments?|selection|ratings?|scores?|scoring|importance|analysis|amounts?|damages|POP|law|laws|jurisdiction|interpretation|funds|funding|budget(?:ed amount)?|notice of award|date|interchanges|discussions|clarifications|negotiations|committee|time|holiday|payments?|addend(?:a|um)|amendments?)\b/i
