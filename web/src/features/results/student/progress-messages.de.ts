/** German texts of the progress of a student. */
export default {
  progress: 'Verlauf',
  progressOwn: 'Sie',
  progressOthers: 'Kurs',
  progressMean: (values: { count: number; mean: string }) => `Im Mittel haben Sie **${values.mean} %** in ${values.count} Prüfungen.`,
  progressClass: (values: { compared: number; all: boolean; points: string; way: 'above' | 'below' | 'as' }) => {
    const than = values.way === 'as' ? 'so viel wie der Kurs' : `${values.points} Prozentpunkte ${values.way === 'above' ? 'mehr' : 'weniger'} als der Kurs`;
    return values.all ? `Das ${values.way === 'as' ? 'ist' : 'sind'} ${than}.` : `In ${values.compared === 1 ? 'der einen Prüfung, die den Kurs zeigt,' : `den ${values.compared} Prüfungen, die den Kurs zeigen,`} haben Sie ${than}.`;
  },
  colExam: 'Prüfung',
  colEnded: 'Beendet',
  colOwn: 'Sie',
  colOthers: 'Kurs',
  percent: '{{ percent }} %',
};
