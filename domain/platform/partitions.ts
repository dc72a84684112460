import { listedPartitions, namedPartitions, type PartitionSource, scatteredFamilies } from '../store/partitions.ts'
import { allDocumentImages } from './document/image/document-image.table.ts'
import { allDocumentTemplates } from './document/template/template.table.ts'
import { allExports } from './export/export.table.ts'
import { allImports } from './import/import.table.ts'

export const platformPartitions: PartitionSource[] = [
  namedPartitions(allDocumentTemplates, allDocumentImages),
  scatteredFamilies('MAIL', 'NUMBER', 'EXP-DAY'),
  listedPartitions(allImports, allExports),
]
