"""Every cell that OPM published for 2025 and 2026, annual and hourly: 17,400 cells by a check sum an area.

The sums were taken from OPM's own files, never from our arithmetic: its workbook of 2025 (kept in
github.com/shimspedy/feds at 914c972) and its XML tables of 2026 (github.com/calebpaulsmith/GovJobs at 1c1b137).
A sum is the CRC-32 of 150 lines "annual hourly", grades 1 to 15 and in each steps 1 to 10, joined by newlines.
"""

from __future__ import annotations

from binascii import crc32

from tests.each import each

from ehrpay import load_rulebook
from ehrpay.domain.federal.schedule import GRADES, STEPS, PaySchedule
from ehrpay.formats.amounts import Period

FEDERAL = load_rulebook("2026-11-23").rules.federal

SUMS = """
AK 90bd3728 424480f7
AL fe728973 2464a736
AQ 7fbe1727 b8329a81
ATL ea7f3de2 43f817bc
AU 7b7a388c a34aa1da
BH d7a0679e 8a048ab0
BN fae468fe 87c54e00
BOS 00d0f1ed 3ed64d2f
BU a8dd44bc ae0184cd
CC d5182b78 37a7ca53
CHI 63a21b9e 5be73e1b
CIN 7f806879 0beb1174
CLE 13711974 a18bbcee
COL cdc38ff2 bd959eb2
CS faa63b52 83ca111a
CT 0a786720 999d456e
DAY 4c3a0b3e 7e342457
DCB aae6344e d95b13ca
DEN e20af714 5659bc54
DET f4918d21 c1d67825
DFW 183a8a38 533290bf
DM accba683 81319e37
DV 6c276b08 1585fdfc
FN 034827ef 24060620
HAR 1eb90a4c e49d581a
HB b4195bb4 1280171e
HI 9c4842a3 fd3de2e2
HNT 643aa139 3dab8fda
HOU d71a1b58 39c82cb2
IND 09d29e56 70a2fded
KC de5fa2fe 088e5e4c
LA d1fb7ef7 fe3afe19
LR 4b9cd8fa b9cabbcc
LV aa9797ae 747b84b8
MFL 151a7cdf 92be2e76
MIL f8df4d1c e1244071
MSP 97ba595f 3304eafd
NY f5af7795 fedd8b2a
OM fb315677 e15dfd13
PB 523b15e9 19677de1
PHL 673827ce 7a59555b
PIT 4888b510 91552f50
POR d8e6fbaa d977a7c1
PX a84e8c7d abbfaeb9
RA 3442c8e9 f17be3b7
RCH d0154b9d fb379d08
RN 7cf3c3ef f5dc5b64
RT 4720e01d 6e5ed62d
RUS 818ffa80 f1fb6236
SAC 2dfe1202 ba39d34c
SD ff1df174 0bc988d3
SEA d791ec2e fd14dcdf
SF 77301e4a 4e3a3236
SL 95c007c7 b6846397
SN 8a3ec0d4 acd1f6b5
SO 2971feb4 9cc65226
TU 9fc9f96c b4ead40e
VB 4ff28823 bc7800bb
"""
AREAS = {code: {2025: last, 2026: now} for code, last, now in map(str.split, SUMS.strip().splitlines())}


def published_form(area: PaySchedule) -> str:
    """Our cells written as OPM writes them: whole dollars a year, dollars and cents an hour."""
    lines = []
    for rate in area.cells((1, GRADES), (1, STEPS)):
        cents = Period("hour", area.divisor.value).cents(rate.annual * 100)
        lines.append(f"{rate.annual} {cents // 100}.{cents % 100:02d}")
    return "\n".join(lines)


def test_there_is_a_sum_for_every_area() -> None:
    assert sorted(AREAS) == sorted(FEDERAL.localities)


@each("code", sorted(AREAS))
@each("year", [2025, 2026])
def test_every_cell_is_as_published(year: int, code: str) -> None:
    area = PaySchedule(FEDERAL, f"{year}-06-30", code)
    assert f"{crc32(published_form(area).encode()):08x}" == AREAS[code][year]
