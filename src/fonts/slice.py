"""Cuts the slices that pages load first: python3 src/fonts/slice.py, with fonttools and brotli of PyPI.

They hold every character of the course's own texts. What else somebody writes comes from the whole files, which
browsers fetch only then (see src/styles/fonts.css). The characters are kept in characters.txt, which a test reads.
"""

import glob
import os

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
TEXTS = ["content/**/*.mdx", "content/**/*.yaml", "src/**/*.ts", "src/**/*.tsx", "src/**/*.astro", "labs/**/*.yaml", "contract/**/*.ts"]
HANGUL = range(0xAC00, 0xD7A4)
CJK_PUNCTUATION = set(range(0x3000, 0x3040)) | set(range(0xFF01, 0xFF5F)) | set(range(0x3131, 0x3164))
# Latin, punctuation, arrows, and what programs draw tables and bars with.
BASIC = set(range(0x20, 0x100)) | set(range(0x2000, 0x2070)) | {0x20AC, 0x2122} | set(range(0x2190, 0x21A0)) | set(
    range(0x2500, 0x2600)
) | {0x2713, 0x2714, 0x2717, 0x2718}


def course_characters():
    found = set()
    for pattern in TEXTS:
        for path in glob.glob(os.path.join(ROOT, pattern), recursive=True):
            with open(path, encoding="utf-8") as text:
                found |= {ord(char) for char in text.read() if ord(char) in HANGUL}
    return found


def cut(source, target, wanted):
    font = TTFont(os.path.join(HERE, source))
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True, name_IDs=["*"], drop_tables=["FFTM"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) & wanted)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(os.path.join(HERE, target))
    print(target, os.path.getsize(os.path.join(HERE, target)))


course = course_characters()
with open(os.path.join(HERE, "characters.txt"), "w", encoding="utf-8") as kept:
    kept.write("".join(map(chr, sorted(course))) + "\n")
for weight in ("400", "600"):
    cut(f"ibm-plex-sans-kr-korean-{weight}-normal.woff2", f"plex-course-{weight}.woff2", course | CJK_PUNCTUATION)
for weight, source in (("400", "D2Coding.woff2"), ("700", "D2CodingBold.woff2")):
    cut(source, f"d2coding-basic-{weight}.woff2", BASIC)
    cut(source, f"d2coding-course-{weight}.woff2", course | CJK_PUNCTUATION)
