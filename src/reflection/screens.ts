import type { Route } from '#access'
import { sendChange, showAudit } from './audit-page.tsx'
import { sendNewAudit, showAudits, showNewAudit } from './audits-page.tsx'
import { showBoard } from './board-page.tsx'
import { sendRebasing, sendRebasingBack, showChart } from './chart-page.tsx'
import { showCompare } from './compare-page.tsx'
import { sendEntry, sendShare, showEntries } from './entries-page.tsx'
import { sendFinding, showFinding } from './finding-page.tsx'
import { goalScreens } from './goals-page.tsx'
import { showGroups } from './groups-page.tsx'
import { showOutcomes } from './outcomes-page.tsx'
import { sendSupervision, showSupervision } from './supervision-page.tsx'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/reflection', may: 'see evaluation', answer: showBoard },
  { method: 'GET', path: '/reflection/chart', may: 'see evaluation', answer: showChart },
  { method: 'POST', path: '/reflection/chart', may: 'write plans', answer: sendRebasing },
  { method: 'POST', path: '/reflection/chart/back', may: 'write plans', answer: sendRebasingBack },
  { method: 'GET', path: '/reflection/compare', may: 'see evaluation', answer: showCompare },
  { method: 'GET', path: '/reflection/outcomes', may: 'see people', answer: showOutcomes },
  { method: 'GET', path: '/reflection/groups', may: 'see evaluation', answer: showGroups },
  { method: 'GET', path: '/reflection/audits', may: 'see people', answer: showAudits },
  { method: 'GET', path: '/reflection/audits/new', may: 'write plans', answer: showNewAudit },
  { method: 'POST', path: '/reflection/audits', may: 'write plans', answer: sendNewAudit },
  { method: 'GET', path: '/reflection/audits/:audit', may: 'see people', answer: showAudit },
  { method: 'POST', path: '/reflection/audits/:audit', may: 'write plans', answer: sendChange },
  { method: 'GET', path: '/people/:person/audits/:audit', may: 'see people', answer: showFinding },
  { method: 'POST', path: '/people/:person/audits/:audit', may: 'write plans', answer: sendFinding },
  { method: 'GET', path: '/reflection/supervision', may: 'see people', answer: showSupervision },
  { method: 'POST', path: '/reflection/supervision', may: 'see people', answer: sendSupervision },
  { method: 'GET', path: '/reflection/entries', may: 'see people', answer: showEntries },
  { method: 'POST', path: '/reflection/entries', may: 'see people', answer: sendEntry },
  { method: 'POST', path: '/reflection/entries/:entry', may: 'see people', answer: sendShare },
  ...goalScreens,
]
