"""Invented names of teams and people, in two languages.

Belongs here: the lists and how they are combined. Family names are compounds nobody bears (English) or storybook
double surnames (Chinese), so that nobody real is meant. Does not belong here: who works where (`people`).
"""

from __future__ import annotations

import numpy as np

_TEAMS = """\
Kingfisher 翠鸟|Swallow 燕子|Magpie 喜鹊|Crane 白鹤|Skylark 云雀|Oriole 黄鹂|Heron 苍鹭|Hoopoe 戴胜|Robin 知更鸟
Wagtail 鹡鸰|Egret 白鹭|Sandpiper 矶鹬|Curlew 杓鹬|Plover 金鸻|Avocet 反嘴鹬|Bluethroat 蓝喉歌鸲|Goldcrest 戴菊
Siskin 黄雀|Waxwing 太平鸟|Treecreeper 旋木雀|Starling 椋鸟|Gull 海鸥|Tern 燕鸥|Teal 绿翅鸭|Pintail 针尾鸭
Osprey 鱼鹰|Harrier 鹞|Kestrel 红隼|Jasmine 茉莉|Osmanthus 桂花|Bamboo 青竹|Maple 红枫|Ginkgo 银杏|Willow 杨柳
Cedar 雪松|Camellia 山茶|Magnolia 玉兰|Peony 牡丹|Lotus 荷花|Orchid 兰花|Plum 梅花|Azalea 杜鹃花|Wisteria 紫藤
Hibiscus 木槿|Vega 织女星|Altair 牛郎星|Polaris 北极星|Sirius 天狼星|Lyra 天琴|Aquila 天鹰|Cygnus 天鹅
Orion 猎户|Cassiopeia 仙后|Perseus 英仙|Pegasus 飞马|Draco 天龙|Phoenix 凤凰座|Dorado 剑鱼|Longjing 龙井
Keemun 祁红|Maojian 毛尖|Yunwu 云雾"""

_ENGLISH_GIVEN = """\
Ada Alma Amos Anya Arlo Asa Bea Cato Cleo Cora Dara Edda Elio Enzo Esme Ezra Fern Finn Gwen Hana Hugo Ida Ines
Iris Ivo Jonah Juno Kira Lars Leda Lena Linus Luca Mabel Mara Milo Mina Nadia Nico Nora Odin Olive Orla Otto Pia
Quinn Remy Rhea Rosa Rufus Runa Silas Sia Tessa Theo Tilda Una Vera Willa Zeno"""
_ENGLISH_FAMILY_FRONT = "Amber Birch Brook Cloud Copper Dawn Elm Fern Flint Harbour Hazel Larch Maple Meadow Quill Reed"
_ENGLISH_FAMILY_BACK = "brook crest dell fold gate haven holm lea mere row stead vale"

_CHINESE_FAMILY = """\
Duanmu 端木|Nangong 南宫|Murong 慕容|Shangguan 上官|Dongfang 东方|Ximen 西门|Linghu 令狐|Baili 百里|Gongsun 公孙
Yuwen 宇文|Helian 赫连|Dugu 独孤|Tantai 澹台|Puyang 濮阳|Zhongli 钟离|Xuanyuan 轩辕"""
_CHINESE_GIVEN = """\
Qingchuan 晴川|Mingyue 明月|Zhuxi 竹溪|Yunfan 云帆|Xinghe 星河|Songtao 松涛|Ruoxi 若溪|Yanqiu 雁秋|Lanzhi 兰芷
Shiyu 时雨|Qiuyun 秋云|Tingyu 听雨|Wanqing 晚晴|Hanxue 寒雪|Muchen 沐辰|Zhiyuan 知远|Jingshu 静姝|Anran 安然
Baihe 白禾|Chunhe 春和|Danqing 丹青|Feihong 飞鸿|Guanlan 观澜|Haoran 浩然|Jiaying 嘉映|Kewei 可为|Linfeng 临风
Mosheng 墨笙|Nianci 念慈|Pinghu 平湖|Qishan 栖山|Rongyu 容与|Suyi 素衣|Tianqing 天青|Weiyang 未央|Xiaoman 小满
Yichen 亦辰|Zimo 子墨|Chengguang 澄光|Luming 鹿鸣|Yueling 月泠|Caiwei 采薇|Zhaohua 昭华|Nanfeng 南风
Beichen 北辰"""


def _pairs(text: str) -> list[tuple[str, str]]:
    entries = [entry.split(" ") for line in text.splitlines() for entry in line.split("|")]
    return [(latin, chinese) for latin, chinese in entries]


def team_names(count: int) -> list[tuple[str, str]]:
    """`count` distinct (English, Chinese) team names; a number is added once the list is used up."""
    base = _pairs(_TEAMS)
    found = []
    for index in range(count):
        english, chinese = base[index % len(base)]
        again = index // len(base)
        number = str(again + 1) if again else ""
        found.append((f"{english} {number}".rstrip(), f"{chinese}{number}组"))
    return found


def works_in_chinese(latin: str) -> bool:
    """Whether somebody of this name writes and speaks Chinese at work; the others use English."""
    return latin.split(" ")[0] in {family for family, _ in _pairs(_CHINESE_FAMILY)}


def people_names(count: int, draw: np.random.Generator) -> list[tuple[str, str]]:
    """`count` distinct (Latin, Chinese) names; the Chinese half is empty for people with an English-style name.

    About half of them have both while such names last.
    """
    families, given = _pairs(_CHINESE_FAMILY), _pairs(_CHINESE_GIVEN)
    chinese = [(f"{f_latin} {g_latin}", f_han + g_han) for f_latin, f_han in families for g_latin, g_han in given]
    fronts, backs = _ENGLISH_FAMILY_FRONT.split(), _ENGLISH_FAMILY_BACK.split()
    surnames = [front + back for front in fronts for back in backs if front.lower() != back]
    english = [(f"{first} {last}", "") for first in _ENGLISH_GIVEN.split() for last in surnames]
    wanted_chinese = min(count // 2, len(chinese))
    chosen = [chinese[i] for i in draw.permutation(len(chinese))[:wanted_chinese]]
    chosen += [english[i] for i in draw.permutation(len(english))[: count - wanted_chinese]]
    return [chosen[i] for i in draw.permutation(count)]
