/** "Page 2 of 9" at the edge of a page: a field whose value the file keeps from one page or another. It says nothing. */
export const isPageNumber = (text: string): boolean =>
  text.length <= 40 && /^(page)?(\d+|[ivxlc]+)((of|\/|\()?\d+)?$/i.test(text.replace(/[\s\-–|.)]/g, ''))
