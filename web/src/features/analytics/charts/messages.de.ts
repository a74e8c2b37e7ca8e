/** German texts around every chart. */
export default { asTable: 'Als Tabelle', asChart: 'Als Diagramm' };
