import type { Route } from '#access'
import { accept, showAccept, takeBack } from './accept.tsx'
import { saveAgreement, saveReassign, showAgreement, showReassign } from './episode.tsx'

const may = 'accept referrals'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/referrals/accept/:person', may, answer: showAccept },
  { method: 'POST', path: '/referrals/accept/:person', may, answer: accept },
  { method: 'POST', path: '/referrals/:person/take-back', may, answer: takeBack },
  { method: 'GET', path: '/people/:person/agreement', may, answer: showAgreement },
  { method: 'POST', path: '/people/:person/agreement', may, answer: saveAgreement },
  { method: 'GET', path: '/people/:person/case-manager', may, answer: showReassign },
  { method: 'POST', path: '/people/:person/case-manager', may, answer: saveReassign },
]
