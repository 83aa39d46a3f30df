"""An invented report from before Samkoll, as text."""

from __future__ import annotations

REPORT = """Diarienummer: GSN-2023/12

Arbetsmiljörapport 2023

Grundskolenämnden

1. Bedömning och utvärdering av föregående års åtgärder

Risk\tRiskenivå\tÅtgärd\tStatus\tSlutdatum
Buller i matsalar\t8\tAkustikplattor\t✓ Avslutad\t2022-06-30
\t\tÖnskad effekt\t\t
\t\tLägre ljudnivå under lunchen.\t\t

Buller i matsalar

Plattorna sitter i tre av fyra
matsalar.

2.1 Arbetsskador och tillbud

Arbetsskador och tillbud\tFöregående år
Antal rapporterade arbetsskador\t31
Antal rapporterade tillbud\t44

Arbetet med arbetsskador och tillbud\tJa/Nej
Har rapporteringen fungerat enligt den kammungemensamma rutinen?\tDelvis

Fallolyckor är vanligast.

2.2 Sjukfrånvaro

Sjukfrånvaro\tR12 2022-12\tR12 2021-12\tSkillnad
Total sjukfrånvaro\t7,1\t7,4\t-0,3

Frånvaron har gått ned.

3. Utvalda risker och åtgärder som rapporteras vidare

Risk\tRisknivå\tÅtgärd\tAnsvarig chef\tSlutdatum
Hot och våld i korridorer\t12\tFler vuxna på rasterna\tRektor\t2023-12-31
\t\tUtbildning i lågaffektivt bemötande\tRektor\t2024-06-30

3.1 Kommentarer till utvalda risker och åtgärder

Risk: Hot och våld i korridorer

Händelserna är färre men allvarligare.
"""

PLAN = """# Redogörelse och åtgärdsplan för lägre sjukfrånvaro

2024-09-12

### Rehabilitering i tid

Chefer har fått en ny rutin.

*Åtgärdsplan:* Rutinen följs upp i vår.

## Tidplan

| Åtgärd | Arbetsform | Tidplan |
|---|---|---|
| Rehabilitering i tid | Process | Klart 2025. |
"""
