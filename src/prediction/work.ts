import { type BinColumns, binColumn } from './bins.ts'
import { type RidgePass, ridgePass } from './ridge-pass.ts'
import { type FillTerms, fillTermColumn, type TermScores, termScores } from './terms.ts'
import {
  type Boost,
  boostBlock,
  type GrowHistograms,
  growHistograms,
  type RouteRows,
  routeBlock,
} from './tree-passes.ts'
import { type TreeScores, treeScores } from './tree-scores.ts'

/** A piece of work that can be done part by part, in any order, by any thread. */
export type Work =
  | RidgePass
  | FillTerms
  | TermScores
  | BinColumns
  | GrowHistograms
  | RouteRows
  | Boost
  | TreeScores

/** Does one part. Parts write to places of their own, so that no order changes a result. */
export function carryOut(work: Work, part: number): void {
  if (work.kind === 'ridge pass') ridgePass(work, part)
  else if (work.kind === 'fill terms') fillTermColumn(work, part)
  else if (work.kind === 'term scores') termScores(work, part)
  else if (work.kind === 'bin columns') binColumn(work, part)
  else if (work.kind === 'grow histograms') growHistograms(work, part)
  else if (work.kind === 'route rows') routeBlock(work, part)
  else if (work.kind === 'boost') boostBlock(work, part)
  else treeScores(work, part)
}
