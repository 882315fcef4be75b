"""Shoes, bags and what else leaves the house."""

from demo.drawing.colors import BRASS, CREAM, IRON, LEATHER, PAPER, STEEL, WALNUT, Tone, darker, lighter
from demo.drawing.easel import Easel, Form
from demo.drawing.paths import Path, arc, box, ellipse, mirrored, moved, points, rounded, smooth


def boots(easel: Easel, tone: Tone) -> None:
    """A pair of laced boots, one behind the other."""
    for across, down, dim in ((110, -40, 0.22), (-60, 20, 0.0)):
        _boot(easel, Tone(darker(tone.main, dim)), across, down)


def _boot(easel: Easel, tone: Tone, across: float, down: float) -> None:
    def at(path: Path) -> Path:
        return moved(path, across, down)

    easel.shape(at(rounded(points("296,770 760,770 766,836 560,838 540,822 440,822 430,846 290,846"), 16)), IRON)
    easel.shape(at(rounded([(292, 752), (764, 752), (768, 788), (288, 788)], 12)), (214, 190, 150), depth=0.7)
    upper = smooth(
        points("300,758 292,620 318,470 306,300 380,280 480,300 492,470 560,560 690,610 760,690 762,758 520,766")
    )
    mask = easel.shape(at(upper), tone.main)
    easel.line(at(smooth([(560, 562), (540, 650), (600, 762)], closed=False)), tone.dark, 5, alpha=0.7, inside=mask)
    easel.line(at(smooth([(300, 640), (390, 640), (430, 762)], closed=False)), tone.dark, 5, alpha=0.7, inside=mask)
    easel.flat(
        at(smooth(points("420,300 500,296 506,470 590,580 530,600 450,500 430,400"))), tone.dark, alpha=0.6, inside=mask
    )
    easel.rope(at(smooth([(300, 306), (380, 284), (484, 304)], closed=False)), tone.dark, 26)
    for step in range(6):
        x, y = 430 + step * 17 + max(0, step - 3) * 16, 350 + step * 42
        easel.line(at([(x, y + 14), (x + 72, y - 6)]), CREAM, 9)
        easel.flat(at(ellipse(x, y + 14, 8, 8)), BRASS)
    easel.rope(at(smooth([(302, 300), (276, 270), (300, 240), (326, 272)], closed=False)), LEATHER, 12)


def wellies(easel: Easel, tone: Tone) -> None:
    """A pair of rubber boots."""
    for across, down, dim in ((125, -34, 0.2), (-70, 20, 0.0)):
        shade = Tone(darker(tone.main, dim))
        easel.shape(
            moved(rounded(points("300,800 720,800 726,850 470,850 460,838 420,838 410,856 298,856"), 12), across, down),
            shade.trim,
            depth=0.7,
        )
        upper = smooth(
            points("304,806 298,640 310,400 300,190 390,176 486,190 484,480 520,620 640,680 714,740 718,806 500,812")
        )
        mask = easel.shape(moved(upper, across, down), shade.main)
        easel.rope(moved(arc(392, 190, 92, 20, 0, 180), across, down), shade.light, 20)
        easel.flat(moved(ellipse(392, 186, 84, 14), across, down), darker(shade.main, 0.6))
        easel.line(
            moved(smooth([(340, 230), (348, 420), (336, 640)], closed=False), across, down),
            (255, 255, 250),
            16,
            alpha=0.28,
            inside=mask,
        )
        easel.line(moved([(430, 260), (486, 256)], across, down), shade.trim, 20, inside=mask)
        easel.line(moved(box(440, 244, 474, 274, 6), across, down), BRASS, 6)
        easel.line(
            moved(smooth([(300, 700), (420, 720), (520, 690)], closed=False), across, down),
            shade.dark,
            5,
            alpha=0.5,
            inside=mask,
        )


def slippers(easel: Easel, tone: Tone) -> None:
    """A pair of felt slippers, seen from above and in front."""
    for across in (-175, 175):
        sole = moved(smooth(points("500,180 600,250 620,480 590,760 500,830 410,760 380,480 400,250")), across, 0)
        easel.shape(sole, darker(tone.main, 0.35))
        easel.flat(
            moved(smooth(points("500,210 576,270 592,420 500,470 408,420 424,270")), across, 0),
            darker(tone.light, 0.12),
        )
        toe = moved(
            smooth(points("388,440 440,420 500,460 560,420 612,440 606,640 570,760 500,810 430,760 394,640")), across, 0
        )
        mask = easel.shape(toe, tone.main)
        easel.line(
            moved(smooth(points("390,442 440,424 500,462 560,424 610,442"), closed=False), across, 0),
            tone.trim,
            12,
            alpha=0.9,
        )
        easel.line(
            moved(smooth([(500, 470), (500, 640), (500, 800)], closed=False), across, 0),
            tone.dark,
            5,
            alpha=0.4,
            inside=mask,
        )


def daypack(easel: Easel, tone: Tone) -> None:
    """A roll-top backpack."""
    easel.rope(arc(500, 214, 60, 62, 180, 360), LEATHER, 18)
    body = easel.shape(rounded(mirrored(points("330,300 292,420 288,800 330,852 480,856")), 60), tone.main)
    easel.flat(box(280, 640, 720, 880, 10), tone.dark, alpha=0.55, inside=body)
    easel.shape(rounded([(316, 232), (684, 232), (704, 330), (296, 330)], 34), tone.light)
    easel.line([(322, 268), (678, 268)], tone.dark, 5, alpha=0.5)
    easel.line([(312, 300), (688, 300)], tone.dark, 5, alpha=0.5)
    pocket = easel.shape(box(352, 520, 648, 780, 40), tone.main)
    easel.line([(366, 560), (634, 560)], BRASS, 8)
    easel.shadow(box(352, 504, 648, 530, 12), alpha=0.25, blur=10, inside=body)
    for x in (404, 596):
        easel.shape(box(x - 17, 318, x + 17, 520, 6), LEATHER, depth=0.7)
        easel.line(box(x - 24, 440, x + 24, 482, 6), BRASS, 8)
    easel.shape(box(452, 640, 548, 700, 6), LEATHER, Form.FLAT)
    for side in (-1, 1):
        easel.shape(
            smooth(
                [(500 + side * 212, 560), (500 + side * 252, 600), (500 + side * 256, 780), (500 + side * 214, 820)]
            ),
            tone.dark,
        )
    easel.flat(box(352, 600, 648, 604, 2), tone.dark, alpha=0.3, inside=pocket)


def longpack(easel: Easel, tone: Tone) -> None:
    """A tall pack for several days, with a mat under it."""
    easel.shape(box(300, 806, 700, 892, 42), tone.trim, Form.SOFT)
    for x in (380, 620):
        easel.line([(x, 800), (x, 896)], darker(tone.main, 0.5), 16)
    body = easel.shape(rounded(mirrored(points("352,260 310,420 306,770 352,820 480,824")), 66), tone.main)
    easel.shape(rounded(points("352,118 648,118 690,250 662,300 338,300 310,250"), 44), tone.dark)
    easel.line([(360, 232), (640, 232)], BRASS, 7)
    for side in (-1, 1):
        easel.shape(
            smooth(
                [(500 + side * 180, 480), (500 + side * 250, 520), (500 + side * 262, 740), (500 + side * 190, 790)]
            ),
            tone.light,
        )
        easel.line([(500 + side * 196, 400), (500 + side * 250, 560)], darker(tone.main, 0.5), 8)
    easel.shape(box(374, 470, 626, 770, 44), tone.main)
    easel.line(smooth([(392, 540), (500, 520), (608, 540)], closed=False), BRASS, 8)
    for x in (420, 580):
        easel.line([(x, 290), (x, 470)], darker(tone.main, 0.5), 18)
        easel.line(box(x - 20, 360, x + 20, 400, 6), STEEL, 7)
    easel.line([(330, 400), (670, 400)], tone.trim, 7, alpha=0.8, inside=body)
    easel.shape(box(456, 620, 544, 676, 6), LEATHER, Form.FLAT)


def tote(easel: Easel, tone: Tone) -> None:
    """A tote bag with long handles."""
    for wide, dim in ((112, 0.3), (104, 0.0)):
        color = darker(LEATHER, dim)
        easel.rope(
            smooth(
                [(500 - wide, 420), (500 - wide + 6, 240), (500, 150), (500 + wide - 6, 240), (500 + wide, 420)],
                closed=False,
            ),
            color,
            24,
        )
    mask = easel.shape(rounded([(252, 372), (748, 372), (780, 842), (220, 842)], 24), tone.main)
    easel.line([(256, 402), (744, 402)], tone.dark, 4, alpha=0.5)
    for x in (394, 606):
        easel.shape(box(x - 22, 380, x + 22, 452, 6), LEATHER, depth=0.7)
    bird = smooth(points("400,640 460,600 520,612 600,560 560,626 620,650 548,662 500,700 440,690"))
    easel.flat(bird, tone.trim, alpha=0.85, inside=mask)
    easel.line(smooth([(380, 730), (500, 720), (620, 730)], closed=False), tone.trim, 7, alpha=0.8)
    easel.line(smooth([(300, 440), (318, 600), (292, 800)], closed=False), tone.dark, 12, alpha=0.14, inside=mask)
    easel.line(smooth([(700, 450), (680, 620), (712, 800)], closed=False), tone.dark, 12, alpha=0.14, inside=mask)


def drybag(easel: Easel, tone: Tone) -> None:
    """A dry bag, rolled and clipped."""
    easel.rope(smooth(points("392,300 370,190 500,150 630,190 608,300"), closed=False), IRON, 20)
    easel.shape(rounded([(478, 136), (522, 136), (530, 176), (470, 176)], 8), darker(IRON, 0.3))
    mask = easel.shape(rounded(mirrored(points("352,330 312,420 312,812 352,868 480,872")), 58), tone.main, Form.ROUND)
    easel.shape(box(334, 268, 666, 372, 40), tone.main)
    easel.line([(344, 304), (656, 304)], tone.dark, 6, alpha=0.6)
    easel.line([(344, 338), (656, 338)], tone.dark, 6, alpha=0.6)
    for y in (500, 800):
        easel.line([(300, y), (700, y)], tone.dark, 8, alpha=0.5, inside=mask)
    easel.line([(500, 500), (500, 800)], IRON, 26, inside=mask)
    easel.line(smooth([(372, 430), (366, 600), (376, 820)], closed=False), PAPER, 18, alpha=0.3, inside=mask)
    easel.flat(smooth([(560, 640), (600, 570), (640, 640), (600, 690)]), PAPER, alpha=0.9, inside=mask)


def umbrella(easel: Easel, tone: Tone) -> None:
    """An open umbrella with a crook."""
    easel.rope([(500, 170), (500, 800)], IRON, 14)
    easel.rope(smooth(points("500,760 500,850 460,892 416,872 412,826"), closed=False), WALNUT, 30)
    dome = smooth(
        points("120,540 170,380 310,236 500,186 690,236 830,380 880,540 755,500 630,548 500,506 370,548 245,500")
    )
    mask = easel.shape(dome, tone.main)
    for x, low in ((245, 500), (370, 548), (500, 506), (630, 548), (755, 500)):
        easel.line(
            smooth([(500, 186), (500 + (x - 500) * 0.72, 320), (x, low)], closed=False),
            tone.dark,
            5,
            alpha=0.6,
            inside=mask,
        )
    panel = smooth(points("500,186 590,330 630,548 500,506 370,548 410,330"))
    easel.flat(panel, lighter(tone.main, 0.4), alpha=0.3, inside=mask)
    easel.line([(500, 186), (500, 138)], BRASS, 14)
