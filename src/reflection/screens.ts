import type { Route } from '#access'
import { showBoard } from './board-page.tsx'
import { sendRebasing, sendRebasingBack, showChart } from './chart-page.tsx'
import { showCompare } from './compare-page.tsx'
import { showOutcomes } from './outcomes-page.tsx'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/reflection', may: 'see evaluation', answer: showBoard },
  { method: 'GET', path: '/reflection/chart', may: 'see evaluation', answer: showChart },
  { method: 'POST', path: '/reflection/chart', may: 'write plans', answer: sendRebasing },
  { method: 'POST', path: '/reflection/chart/back', may: 'write plans', answer: sendRebasingBack },
  { method: 'GET', path: '/reflection/compare', may: 'see evaluation', answer: showCompare },
  { method: 'GET', path: '/reflection/outcomes', may: 'see people', answer: showOutcomes },
]
