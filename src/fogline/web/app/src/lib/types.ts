export type Belief = Record<string, number>;
export interface Speaker { name: string; role: string | null; affiliation: string | null; side: string; type: string }
export interface Claim {
  id: string;
  document: { id: string; name: string; outlet: string | null; title: string | null; language: string | null; published: string | null };
  start: number; end: number; quote: string; kind: string; holder: string | null; actor: string | null; target: string | null; polarity: string; certainty: string; modality: string;
  attribution: { type: string; chain: Speaker[] };
  places: { name: string; geonameid: number | null }[];
  when: { start: string | null; end: string | null; edtf: string | null; text: string | null } | null;
  family: string | null;
  corrections: { field: string; was: string | null; now: string | null; by: string; reason: string; on: string }[];
}
export interface Found { claim: Claim; highlights: number[][] }
export interface Page<T> { rows: T[]; next: string | null }
export interface Counted<T> extends Page<T> { total: number }
export interface Month { month: string; sides: Record<string, number> }
export interface Stretch { from: string; to: string; belief: Belief; status: string; claims: string[] }
export interface Claimed { status: string; since: string | null; last: string | null; claims: string[]; reports: number; voices: number; latest: Claim }
export interface Day { on: string; status: string; belief: Belief; since: string | null; claims: string[] }
export interface Days { from: string | null; states: string[]; belief: number[][] }
export interface Control {
  place: string; known_by: string | null; timeline: Stretch[]; day: Day | null; days: Days; claimed: Record<string, Claimed>;
  would_change: { to: string; by: string | null; reports: number; belief: Belief }[];
}
export interface Change { place: string; on: string; before: string; after: string; belief_after: Belief; claims: string[] }
export interface PlaceFeature {
  id: number;
  geometry: { type: 'Point'; coordinates: [number, number] } | null;
  properties: { name: string; names: string[]; claims: number; claimed: Record<string, string>; status: string | null; belief: Belief; valid_from: string | null; valid_to: string | null };
}
export interface Places { features: PlaceFeature[]; next: string | null; numberMatched: number }
export interface Side { code: string; name: string }
export interface Overview { theatre: string; title: string; sides: Side[]; kinds: string[]; certainties: string[]; last: string | null; claims: number; place: string | null }
export interface Reason { name: string; detail: string; weight: number; claims: string[] }
export interface End { id: string; quote: string; speaker: string; side: string; outlet: string; document: string; published: string | null; start: number; end: number }
export interface Dispute { id: string; a: End; b: End; aspect: string; reasons: Reason[]; places: string[] }
export interface Voice { family: string; reports: number; claims: string[]; first: Claim }
export interface Clash { dispute: Dispute; documents: [string, string]; a: Voice[]; b: Voice[] }
export interface Standing { claim: string; credibility: number | null; reasons: Reason[]; family: Voice[]; corroborated: Voice[]; contradicted: Voice[]; disputes: string[] }
export interface Read {
  id: string; name: string; outlet: string | null; title: string | null; language: string | null; published: string | null; url: string | null;
  authors: string[]; sha256: string; text: string; furniture: [number, number, string][]; claims: Claim[];
}
export interface Facets { total: number; [facet: string]: number | { value: string; claims: number }[] }
export interface Matrix {
  more: { questions: boolean; voices: boolean };
  matters: { id: string; question: string; place: string; aspect: string }[];
  voices: { name: string; side: string; cells: Record<string, { value: string; claims: string[] }[]> }[];
}
export interface Source { name: string; type: string; side: string; claims: number; reliability: number; grade: string; reasons: Reason[] }
export type Part = string | { citation: number; text: string; whole: boolean };
export interface Sentence { parts: Part[]; standing: string; citations: number[] }
export interface Block {
  block: string; sentences?: Sentence[]; items?: Sentence[]; label?: string; lead?: Sentence | string | null; more?: number; caption?: string;
  head?: string[]; rows?: Sentence[][]; key?: string; states?: string[]; names?: string[]; points?: [string, number[]][]; aspect?: string; why?: Sentence; left?: Sentence | Sentence[]; right?: Sentence | Sentence[];
}
export interface Citation { number: number; claim: string; quote: string; told: string; dated: string; title: string; outlet: string; document_id: string; start: number; end: number; language: string; before: string; after: string }
export interface Brief { place: string; as_known_on: string; sections: { key: string; title: string; blocks: Block[] }[]; citations: Citation[]; reports: number; voices: number; claims: number }
export interface Me { name: string | null; role: string | null; decides: boolean; guarded: boolean; tokens: boolean; signs_in: string | null; check: string | null }
export interface Doubtful { claim: Claim; doubts: string[]; moves: number }
export interface Judgement { id: string; decision: string; subject: string; words: string | null; value: string | null; by: string; reason: string; at: string; holds: boolean | null }
export interface Wanted { decision: string; subject: string; reason: string; by: string; field: string; value: string; others: string[] }
export interface Effect { judgement: Judgement; changes: string[]; parts: { what: string; of: string; before: string; after: string }[]; more: number; outdated: boolean }

export interface Path { id: string; title: string; probability: number; likelihood: string }
export interface Indicator { id: string; path: string; title: string; state: string; day: string | null; value: number | null; now: number | null; ratio: number; by: string; why: string | null; claims: string[] }
export interface Board { day: string; paths: Path[]; confidence: string; reason: string; indicators: Indicator[] }
export interface Scenario {
  id: string; title: string; place: string; opened: string; closes: string; basis: string; priors: Record<string, number>;
  paths: { id: string; title: string; prior: number; outcome: string | null }[];
  indicators: { id: string; path: string; title: string; horizon: string; query: string | null; threshold: number | null; hit: number; miss: number; after: string[]; subject: string }[];
  board: Board; history: Board[];
  moves: { day: string; indicator: string; title: string; state: string; ratio: number; path: string; before: number; after: number; by: string; claims: string[] }[];
}
export interface Kept { file: string; sort: string | null; title: string | null; place: string | null; problem: { detail: string; hint: string; line: number | null } | null }
export interface Hypotheses {
  place: string; question: string;
  hypotheses: { id: string; title: string; prior: number; said: string[]; said_by: string[] }[];
  standings: { hypothesis: string; inconsistency: number; probability: number; likelihood: string; rank: number; rank_bayes: number; against: string[] }[];
  turning: { row: string; ranking: string; first: string } | null;
  evidence: { id: string; title: string; claims: string[]; voices: number; diagnosticity: number; cells: Record<string, { letter: string; why: string; by: string }> }[];
}
export interface Forecast {
  id: string; claim: string | null; speaker: string; outlet: string; made: string; event: string; side: string | null; holding: boolean; place: string;
  until: string | null; likelihood: string; probability: number; condition: string | null; outcome: string; why: string; evidence: string[]; by: string; ours: boolean;
}
export interface Track { speaker?: string; outlet?: string; forecasts: number; void: number; not_due: number; scored: number; brier: number | null; skill_base_rate: number | null }
