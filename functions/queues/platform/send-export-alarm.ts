import * as z from 'zod'
import { ExportAlarm, sendExportAlarm } from '../../../domain/platform/export/export-alarm.ts'
import { mailWorker } from '../../mail-worker.ts'

/** Tells one admin of an export that was unusually large. */
export const handler = mailWorker('send-export-alarm', ExportAlarm.extend({ tenantId: z.string() }), sendExportAlarm)
