/** A person of the demo data. */
export interface Name {
  readonly given: string;
  readonly family: string;
}

/** Staff of the university that the demo data play at. */
export const STAFF_NAMES = {
  teachers: namesOf(['Ingrid Solheim', 'Kwame Boateng']),
  proctors: namesOf(['Marta Kowalczyk', 'Daniel Okonkwo']),
  admin: { given: 'Priya', family: 'Raman' },
} as const;

/** Two groups of thirty. */
export const STUDENT_NAMES: readonly [readonly Name[], readonly Name[]] = [
  namesOf([
    'Aaliyah Hassan', 'Adam Novák', 'Aiko Tanaka', 'Alejandro Ruiz', 'Amara Okafor', 'Amélie Laurent', 'Anders Lindqvist', 'Anjali Mehta',
    'Arash Farahani', 'Beatriz Carvalho', 'Ben Adeyemi', 'Camille Dubois', 'Carlos Mendoza', 'Chiara Rossi', 'Chloë Peeters', 'Daniela Ionescu',
    'David Cohen', 'Diego Fernández', 'Elif Yılmaz', 'Emma Schneider', 'Eoin O’Sullivan', 'Fatima Zahra', 'Felix Wagner', 'Freya Jensen',
    'Gabriel Santos', 'Grace Mwangi', 'Hana Kim', 'Hugo Martínez', 'Ibrahim Diallo', 'Inès Benali',
  ]),
  namesOf([
    'Ivan Petrov', 'Jakub Wiśniewski', 'James Whitfield', 'João Pereira', 'Kamala Tamang', 'Katarina Horvat', 'Kenji Watanabe', 'Layla Haddad',
    'Leila Karimi', 'Li Wei', 'Liam Murphy', 'Linh Nguyễn', 'Lucía Torres', 'Łukasz Zieliński', 'Malia Kealoha', 'Marco Bianchi', 'Mei-Ling Chen',
    'Milan de Vries', 'Mohammed Al-Farsi', 'Nadia Rahman', 'Noah Fischer', 'Oluwaseun Balogun', 'Omar Khalil', 'Rohan Gupta', 'Sanna Virtanen',
    'Siobhán Byrne', 'Søren Madsen', 'Tariq Mahmood', 'Thandiwe Nkosi', 'Yuki Sato',
  ]),
];

/** Letters that do not come apart into a letter and its marks. */
const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', đ: 'd', ß: 'ss' };

/** An address under the reserved domain `example` (RFC 2606): nothing that is sent there ever arrives. */
export function emailOf({ given, family }: Name, host: string): string {
  return `${plain(given)}.${plain(family)}@${host}`;
}

function plain(name: string): string {
  const folded = name.toLowerCase().normalize('NFD').replaceAll(/[^a-z]/g, (letter) => LETTERS[letter] ?? (letter === ' ' || letter === '-' ? '-' : ''));
  return folded.replaceAll(/^-|-$/g, '');
}

function namesOf(list: readonly string[]): Name[] {
  return list.map((name) => {
    const [given = '', ...family] = name.split(' ');
    return { given, family: family.join(' ') };
  });
}
