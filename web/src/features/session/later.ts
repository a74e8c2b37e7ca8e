// everything that the exam page does not need for its first picture; fetched right after it
export { ConflictDialog } from './ConflictDialog.tsx';
export { EndPage } from './EndPage.tsx';
export { HandInDialog } from './HandInDialog.tsx';
export { PauseCover, TimeUpCover } from './PauseCover.tsx';
export { RefusedDialog } from './RefusedTexts.tsx';
export { Cloze } from './responses/ClozeResponse.tsx';
export { CodeResponse } from './responses/CodeResponse.tsx';
export { EssayResponse } from './responses/EssayResponse.tsx';
export { FileResponse } from './responses/FileResponse.tsx';
export { HotSpot } from './responses/HotSpotResponse.tsx';
export { Matching } from './responses/MatchingResponse.tsx';
export { Ordering } from './responses/OrderingResponse.tsx';
export { HelpDialog, LeaveDialog, NavigatorSheet, ReadingDialog } from './SitPanels.tsx';
