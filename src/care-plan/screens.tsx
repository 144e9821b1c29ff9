import type { Route } from '#access'
import { sendRemark, showAction } from './action-page.tsx'
import { sendChange, showChange } from './change-page.tsx'
import { showPlan } from './plan-page.tsx'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/people/:person/plan', may: 'see people', answer: showPlan },
  { method: 'GET', path: '/people/:person/plan/change', may: 'write plans', answer: showChange },
  { method: 'POST', path: '/people/:person/plan/change', may: 'write plans', answer: sendChange },
  {
    method: 'GET',
    path: '/people/:person/plan/actions/:action',
    may: 'write plans',
    answer: (visit, asked) => showAction(visit, asked),
  },
  { method: 'POST', path: '/people/:person/plan/actions/:action', may: 'write plans', answer: sendRemark },
]
