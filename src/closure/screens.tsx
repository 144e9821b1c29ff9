import type { Route } from '#access'
import { sendBack, showBack } from './back-page.tsx'
import { sendClose, showClose } from './close-page.tsx'

const close = '/people/:person/close'

export const screens: readonly Route[] = [
  { method: 'GET', path: close, may: 'close episodes', answer: showClose },
  { method: 'POST', path: close, may: 'close episodes', answer: sendClose },
  {
    method: 'GET',
    path: `${close}/:episode/back`,
    may: 'close episodes',
    answer: (visit, asked) => showBack(visit, asked),
  },
  { method: 'POST', path: `${close}/:episode/back`, may: 'close episodes', answer: sendBack },
]
