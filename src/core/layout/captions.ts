/** "Figure 3. …", "Table 2: …": what stands beside a picture or table and names it. */
const CAPTION =
  /^(figure|fig\.|table|exhibit|chart|diagram|map|plate|photo|graph|box|scheme|abbildung|tabelle|figura|tableau)\s*([A-Z]{0,2}[-.]?\d+([-.–]\d+)*[a-z]?|[IVXLC]+)\b\s*([.:–—|-]|$|\s+\p{Lu})/iu

export const isCaption = (text: string): boolean => CAPTION.test(text)
